"""Measurements, side by side, on this machine: `./test --bench`. Nothing here is asserted as a time."""
