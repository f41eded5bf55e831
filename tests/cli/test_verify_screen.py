"""What verify shows of a record: its time as a clerk writes one."""

import pytest

from perfeval_xl.cli.verify import moment_text


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        ("2026-11-22T10:30:59+08:00", "2026年11月22日 10:30"),
        ("2026-11-22T00:05:00+08:00", "2026年11月22日 00:05"),
        ("2026-01-02T03:04:05+06:00", "2026年1月2日 03:04 (UTC+06:00)"),
        ("2026-01-02T03:04:05Z", "2026年1月2日 03:04 (UTC)"),
        ("2026-01-02T03:04:05", "2026年1月2日 03:04"),
        ("", ""),
        ("昨天上午", "昨天上午"),
        ("2026-13-45T99:00:00+08:00", "2026-13-45T99:00:00+08:00"),
    ],
)
def test_a_time_is_the_records_own_clock_with_its_zone_unless_that_of_beijing(moment, shown):
    assert moment_text(moment) == shown
