"""Headings of tables in both languages. CSV and JSON keep the English names, which programs read."""

from __future__ import annotations

from typing import Dict

VIETNAMESE: Dict[str, str] = {
    "rank": "hạng",
    "unit": "mã",
    "name": "tên",
    "score": "điểm",
    "band": "xếp loại",
    "coverage": "độ phủ",
    "node": "nút",
    "value": "giá trị",
    "numerator": "tử số",
    "denominator": "mẫu số",
    "target": "chỉ tiêu",
    "rule": "cách tính",
    "result": "kết quả",
    "best": "tối đa",
    "contribution": "đóng góp",
    "note": "ghi chú",
    "adjustment": "điều chỉnh",
    "more": "đơn vị nữa",
    "leaves": "chỉ tiêu lá",
    "total": "tổng",
    "monitored": "theo dõi",
    "bonus": "điểm thưởng",
    "penalty": "điểm trừ",
    "provisional": "tạm tính",
    "imputed": "ước tính",
    "not_applicable": "không áp dụng",
    "not_yet_due": "chưa đến hạn",
    "not_reported": "chưa báo cáo",
    "zero_denominator": "mẫu số bằng 0",
    "confidential": "bảo mật",
    "valid": "hợp lệ",
    "wrote": "đã ghi",
    "within": "trong",
    "kind": "loại",
    "level": "cấp",
    "parent": "cấp trên",
}


def text(word: str, language: str) -> str:
    """A word in a language; English words stand for themselves."""
    return VIETNAMESE.get(word, word) if language == "vi" else word.replace("_", " ")
