"""The office of the tests and the people who work there."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from app.desk.policy import Actor
from app.models.office import Mode
from app.models.person import Role
from app.store import office, people
from app.store.database import Database

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # Monday morning, nine o'clock in Viet Nam
PASSPHRASE = "bốn từ thật dễ nhớ"

TAM, AN, KHANH, VINH, LAM, HUONG, MAI = (
    *("Minh Tâm", "Hoài An", "Bảo Khánh", "Điểu Vinh"),
    *("Điểu Lâm", "Thị Hương", "Ngọc Mai"),
)
STAFF = {
    TAM: (Role.ADMINISTRATOR, "Quản trị"),
    AN: (Role.EDITOR, "Biên tập viên"),
    KHANH: (Role.APPROVER, "Trưởng phòng"),
    VINH: (Role.APPROVER, "Phó Trưởng ban"),
    LAM: (Role.CONTRIBUTOR, "Cộng tác viên thôn Bù Gia Mập"),
    HUONG: (Role.CLERK, "Văn thư"),
    MAI: (Role.FANPAGE, "Phụ trách trang Facebook"),
}
FACTS = {
    "parent": "UBND tỉnh Đồng Nai",
    "province": "Đồng Nai",
    "address": "Số 1 đường Trần Hưng Đạo",
    "phone": "0271 3 888 001",
    "email": "bantin@example.vn",
    "website": "bantin.example.vn",
}
IMPRINT = {
    "licence_number": "05/GP-XBBT",
    "licence_date": "2026-01-05",
    "licensor": "Sở Văn hóa, Thể thao và Du lịch",
    "responsible": "Điểu Vinh",
    "responsible_post": "Phó Trưởng ban",
    "periodicity": "mỗi tháng một số",
    "print_run": 500,
    "printer": "Xí nghiệp in tỉnh",
}


@dataclass
class Clock:
    """A clock that goes only when it is told to."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def tick(self, **by: float) -> datetime:
        """Lets time pass, a minute when nothing else is said."""
        self.now += timedelta(**(by or {"minutes": 1}))
        return self.now


def furnish(database: Database) -> None:
    """Sets the office up and adds its people, all with the same passphrase."""
    with database.writing() as session:
        house = office.make(session, name="Ban Dân tộc tỉnh", preset="khac", mode=Mode.TRAINING, now=NOW)
        house.facts, house.imprint = dict(FACTS), dict(IMPRINT)
        actor: Actor | None = None
        for name, (role, post) in STAFF.items():
            person = people.add(
                session,
                name=name,
                post=post,
                role=role,
                passphrase=PASSPHRASE,
                office=house.code,
                actor=actor,
                now=NOW,
            )
            actor = actor or people.acting(person, "web")
