"""Small registers that the tests of tasks use."""

from __future__ import annotations

from typing import Any, Dict, List

import thuocdo as td

#: Nothing of the secret task may be seen in any output but the documents of the owner.
SECRET_WORDS = ("NV-MAT", "Kế hoạch bí mật", "99-MẬT")

OFFICES: List[Dict[str, Any]] = [
    {"post": "BYT", "body": "BYT", "position": "Bộ trưởng", "position_en": "Minister", "person": "Nguyễn Văn A", "to": "2026-03-31"},
    {"post": "BYT", "body": "BYT", "position": "Bộ trưởng", "position_en": "Minister", "person": "Trần Thị B", "from": "2026-04-01"},
    {"post": "BCA", "body": "BCA", "position": "Thứ trưởng", "position_en": "Deputy", "person": "Lê Văn C"},
]

#: The day on which the small register is looked at: NV-01 late, NV-02 overdue, NV-MAT overdue and secret.
DAY = "2026-07-01"


def records() -> List[Dict[str, Any]]:
    """Four tasks in the columns of the CSV form."""
    return [
        {
            "code": "NV-01", "title": "Sổ sức khỏe, điện tử", "document": "57-NQ/TW", "lead": "BYT", "coordinating": ["BCA", "BXD"],
            "level": "central", "sector": "y tế", "assigned": "2026-01-05", "deadline": "chậm nhất trong Quý I/2026",
            "submitted": "2026-04-10", "completed": "2026-04-11", "accepted": "2026-04-20", "allocated": 1500000000.5,
            "allocated_on": "2026-01-15", "indicators": ["ehealth"],
        },
        {
            "code": "NV-02", "title": "Kho dữ liệu", "document": "57-NQ/TW", "lead": "BYT", "level": "central", "sector": "dữ liệu",
            "assigned": "2026-01-05", "deadline": "2026-03-31", "started": "2026-02-01",
        },
        {
            "code": "NV-03", "title": "Trung tâm", "document": "03/NQ-CP", "lead": "BCA", "level": "central", "sector": "dữ liệu",
            "assigned": "2026-01-05", "deadline": "2026-07-10",
        },
        {
            "code": "NV-MAT", "title": "Kế hoạch bí mật", "document": "57-NQ/TW", "lead": "BCA", "level": "central", "sector": "y tế",
            "assigned": "2026-01-05", "deadline": "2026-03-30", "secrecy": "secret", "deadline_text": "99-MẬT",
            "allocated": 7000000, "allocated_on": "2026-01-15",
        },
    ]  # fmt: skip


def register() -> td.TaskRegister:
    return td.TaskRegister(records(), offices=OFFICES)
