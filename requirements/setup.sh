# Brings this checkout to where its Python can be started; `run` and `test` source it with $here (the checkout) and $me (what was typed).
# Words go to standard error, one line a step, and details to the log, so that a verb's own output stays clean.

printing_libraries="libpango-1.0.so.0 libpangoft2-1.0.so.0 libharfbuzz-subset.so.0"
printing_packages="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
tools="$here/.tools"
venv="$here/.venv"
log="$tools/setup.log"

say() { printf '%s\n' "$*" >&2; }

stop() {
    say "$@"
    exit 1
}

# prepare KIND: nothing at all when the environment stands; otherwise sets it up, or goes on where it was broken off.
prepare() {
    is_ready "$1" && return
    { mkdir -p "$tools" && true >>"$log" && true >>"$tools/lock"; } 2>/dev/null ||
        stop "Không ghi được vào thư mục $here; cần chạy $me bằng tài khoản là chủ của thư mục này."
    trap 'say ""; say "Đã dừng giữa chừng. Gõ lại $me để làm tiếp."; exit 130' INT TERM
    (
        flock -n 9 || { say "Đang chờ một lượt cài đặt khác trên máy này…" && flock 9; }
        is_ready "$1" || install "$1"
    ) 9>>"$tools/lock" || exit 1
    trap - INT TERM
}

# The environment stands when it was made from this very lock file, by a Python that is still there.
is_ready() {
    cmp -s "$here/requirements/$1.lock" "$venv/$1.lock" && has_same_python && has_printing_libraries
}

has_same_python() {
    made_by=
    [ -x "$venv/bin/python" ] && [ -r "$venv/made-by" ] && read -r made_by <"$venv/made-by"
    [ -n "$made_by" ] && [ "$made_by" = "$(readlink -f "$venv/bin/python")" ]
}

has_printing_libraries() {
    for library in $printing_libraries; do
        for place in /usr/lib/*/"$library" /usr/lib/"$library" /usr/lib64/"$library" /usr/local/lib/"$library" none; do
            [ -e "$place" ] && continue 2
        done
        python3 -c 'import ctypes, sys; ctypes.CDLL(sys.argv[1])' "$library" 2>/dev/null || return 1
    done
}

install() {
    say "Chuẩn bị lần đầu hoặc sau khi nâng cấp, chỉ mất một lát…"
    date >"$log"
    python=$(find_python 'import sys; sys.exit(sys.version_info < (3, 11))') ||
        stop "Máy này chưa có Python 3.11 trở lên; nhờ người quản trị chạy một lần lệnh sau, rồi gõ lại $me:
  sudo apt-get install -y python3 python3-pip"
    packages=
    has_printing_libraries || packages=$printing_packages
    has_uv || find_python 'import pip' >/dev/null || packages="$packages python3-pip"
    [ -z "$packages" ] || install_packages $packages
    has_uv || step "Lấy công cụ cài đặt riêng (uv)" install_uv
    has_same_python || step "Dựng môi trường Python riêng" make_venv "$python"
    true >"$venv/$1.lock" # until the end it matches nothing
    step "Cài các thư viện đã khóa phiên bản" sync_venv "$1"
    cp "$here/requirements/$1.lock" "$venv/$1.lock" || stop "Không ghi được vào $venv."
}

# find_python CODE: the first Python on this machine that runs CODE with success.
find_python() {
    for name in python3 /usr/bin/python3 python3.11 python3.12 python3.13 python3.14; do
        command -v "$name" >/dev/null && "$name" -c "$1" 2>/dev/null && command -v "$name" && return
    done
    return 1
}

# install_packages PACKAGE…: through apt where this account may, else stops with the command for someone who may.
install_packages() {
    may_apt || stop "Máy còn thiếu thư viện hệ thống; nhờ người quản trị chạy một lần lệnh sau, rồi gõ lại $me:
  sudo apt-get install -y $*"
    step "Cài thư viện hệ thống ($*)" apt_install "$@"
}

may_apt() {
    as_root=
    command -v apt-get >/dev/null || return 1
    [ "$(id -u)" = 0 ] && return
    as_root="sudo -n"
    sudo -n apt-get --version >/dev/null 2>&1
}

apt_install() {
    export DEBIAN_FRONTEND=noninteractive
    set -- $as_root apt-get -o DPkg::Lock::Timeout=300 -y --no-install-recommends install "$@"
    "$@" || { $as_root apt-get -o DPkg::Lock::Timeout=300 update && "$@"; }
}

has_uv() {
    [ -x "$tools/bin/uv" ] || return 1
    wanted=$(sed -n 's/^uv==\([^ ]*\).*/\1/p' "$here/requirements/uv.lock")
    case $("$tools/bin/uv" --version 2>/dev/null) in "uv $wanted" | "uv $wanted "*) ;; *) return 1 ;; esac
}

install_uv() {
    rm -rf "${tools:?}/bin" "$tools/uv" "$tools"/uv-*.dist-info
    PIP_REQUIRE_VIRTUALENV=0 "$(find_python 'import pip')" -m pip --disable-pip-version-check install --no-user --no-deps \
        --only-binary :all: --require-hashes --target "$tools" -r "$here/requirements/uv.lock"
}

make_venv() {
    UV_PYTHON_DOWNLOADS=never "$tools/bin/uv" venv --clear --python "$1" "$venv" &&
        readlink -f "$venv/bin/python" >"$venv/made-by"
}

sync_venv() { # what this machine already holds needs no network
    set -- pip sync --no-progress --no-build --require-hashes --python "$venv/bin/python" "$here/requirements/$1.lock"
    "$tools/bin/uv" --offline "$@" || "$tools/bin/uv" "$@"
}

# step WORDS COMMAND…: one line with its seconds for the person, everything else for the log.
step() {
    words=$1
    shift
    began=$(date +%s)
    printf '  %s…' "$words" >&2
    "$@" >>"$log" 2>&1 </dev/null 9>&- || {
        say " chưa được."
        stop "Bước này dừng lại, thường vì mất mạng hoặc hết chỗ trên đĩa; gõ lại $me để làm tiếp. Chi tiết: $log"
    }
    say " xong ($(($(date +%s) - began)) giây)"
}
