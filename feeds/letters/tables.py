"""The letter codes of Viet Nam before Unicode, as tables.

TCVN 5712:1993 (VN1; its part VN3, called “TCVN3” or “ABC”, is A1–FE), VISCII 1.1 and VIQR after RFC 1456, and the
two-sign code of VNI for Windows. Letters are given by their place; "·" marks a place that means itself.
"""

# TCVN 5712:1993 VN1, of 00–1F and 80–FF.
_TCVN_LOW = "·ÚỤ·ỪỬỮ··········ỨỰỲỶỸÝỴ········"
_TCVN_HIGH = (
    "ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ"
    "\u00a0ĂÂÊÔƠƯĐăâêôơưđẰ\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴ"
    "ẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịò"
    "Ổỏõóọồổỗốộờởỡớợù" + "ỖủũúụừửữứựỳỷỹýỵỐ"
)
# VISCII 1.1 (RFC 1456, section 3), of 00–1F and 80–FF.
_VISCII_LOW = "··Ẳ··ẴẪ·············Ỷ····Ỹ····Ỵ·"
_VISCII_HIGH = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲ"
    "Õắằặấầẩậẽẹếềểễệốồổỗ" + "ỠƠộờởịỰỨỪỬơớƯ"
    "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡư"
    "àáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"
)

# What each low place is on a wire: XML forbids most of them, so a declared TCVN feed can only hold tab and line ends.
TCVN = dict(enumerate(_TCVN_LOW)) | {0x80 + n: letter for n, letter in enumerate(_TCVN_HIGH)}
VISCII = dict(enumerate(_VISCII_LOW)) | {0x80 + n: letter for n, letter in enumerate(_VISCII_HIGH)}

# VNI for Windows: a base letter and a sign after it.
VNI_BASES = "aeouyôöAEOUYÔÖ"
VNI_LETTERS = dict(zip("ôöñæóòîÔÖÑÆÓÒÎ", "ơưđỉĩịỵƠƯĐỈĨỊỴ", strict=True))
VNI_TONES = {"ø": "\u0300", "ù": "\u0301", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
VNI_ROOFS = {"â": "", "à": "\u0300", "á": "\u0301", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"}  # on a, e, o
VNI_BOWLS = {"ê": "", "è": "\u0300", "é": "\u0301", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"}  # on a

# VIQR (RFC 1456, section 2).
VIQR_SHAPES = {"^": "\u0302", "(": "\u0306", "+": "\u031b"}
VIQR_TONES = {"'": "\u0301", "`": "\u0300", "?": "\u0309", "~": "\u0303", ".": "\u0323"}
