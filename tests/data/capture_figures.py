#!/usr/bin/env python3
"""Figures for tests/core/capture_features_test.cpp, computed from what tshark says about each packet.

usage: capture_figures.py FOLDER_OF_CAPTURES > capture_figures.csv

Deliberately naive: lists, quadratic searches, statistics of the standard library. Times in nanoseconds. See docs/captures.md.
"""
import statistics
import subprocess
import sys
from pathlib import Path

WINDOW, LIMIT, TIMEOUT = 100_000_000, 1_000_000, 100_000_000
NAMES = ("party_a_packets party_b_packets b_to_a_ratio missing_responses inter_arrival_mean_us inter_arrival_std_us jitter_us "
         "gap_max_us gap_min_us response_mean_us response_violations size_mean_bytes size_std_bytes size_max_bytes "
         "packet_rate_pps packets").split()
CAPTURES = {  # party A and B: the busiest conversation, A sent first
    "oran-ecpri-small.pcap": ("00:11:22:33:44:55", "aa:bb:cc:dd:ee:ff"),
    "LM_WMI_ProcessCallCreate.pcapng": ("172.16.66.1", "172.16.66.36"),
    "CA_kerbrute_passwordspray_kerberos_AS-REQ.pcapng": ("172.16.66.1", "172.16.66.36"),
    "Discovery_impacket_rpcdump.pcapng": ("10.0.2.15", "10.0.2.16"),
}


def packets_of(file):
    fields = ["frame.time_epoch", "frame.len", "eth.src", "eth.dst", "ip.src", "ip.dst"]
    command = ["tshark", "-n", "-r", str(file), "-T", "fields", "-E", "occurrence=f"]
    for field in fields:
        command += ["-e", field]
    for line in subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines():
        time, size, eth_src, eth_dst, ip_src, ip_dst = line.split("\t")
        seconds, fraction = time.split(".")
        yield int(seconds) * 10**9 + int(fraction.ljust(9, "0")), int(size), ip_src or eth_src, ip_dst or eth_dst


def windows_of(packets):
    """Indices of packets, by window; a packet up to a window late stays in the open one."""
    origin, start = packets[0][0], None
    for i, packet in enumerate(packets):
        if start is None or packet[0] - start >= WINDOW or start - packet[0] > WINDOW:
            start = origin + (packet[0] - origin) // WINDOW * WINDOW
            window = []
            yield window
        window.append(i)


def fates(packets, a, b):
    """For each request its time to the next response (or None), and whether it missed its own."""
    requests = {i: [None, False] for i, p in enumerate(packets) if (p[2], p[3]) == (a, b)}
    waiting = []
    for i, packet in enumerate(packets):
        for request in [r for r in waiting if abs(packet[0] - packets[r][0]) > TIMEOUT]:
            waiting.remove(request)
            requests[request][1] = True
        if i in requests:
            waiting.append(i)
        if (packet[2], packet[3]) == (b, a) and waiting:
            for request in waiting:
                if requests[request][0] is None:
                    requests[request][0] = max(0, packet[0] - packets[request][0])
            waiting.pop()
    for request in waiting:
        requests[request][1] = packets[-1][0] - packets[request][0] > LIMIT
    return requests


def features(packets, window, requests, b, a):
    from_a = [i for i in window if i in requests]
    from_b = [i for i in window if (packets[i][2], packets[i][3]) == (b, a)]
    gaps = [max(0, packets[i][0] - packets[j][0]) / 1000 for j, i in zip(window, window[1:])]
    jitter = None
    for before, after in zip(gaps, gaps[1:]):
        jitter = (jitter or 0.0) + (abs(after - before) - (jitter or 0.0)) / 16
    waits = [requests[i][0] / 1000 for i in from_a if requests[i][0] is not None]
    sizes = [packets[i][1] for i in window]
    return [len(from_a), len(from_b), len(from_b) / len(from_a) if from_a else None, sum(requests[i][1] for i in from_a),
            statistics.fmean(gaps) if gaps else None, statistics.pstdev(gaps) if gaps else None, jitter,
            max(gaps, default=None), min(gaps, default=None), statistics.fmean(waits) if waits else None,
            sum(wait > LIMIT / 1000 for wait in waits), statistics.fmean(sizes), statistics.pstdev(sizes), max(sizes),
            len(window) / (WINDOW / 10**9), len(window)]


print("file,window," + ",".join(NAMES))
for name, (first, second) in CAPTURES.items():
    all_packets = list(packets_of(Path(sys.argv[1]) / name))
    all_requests = fates(all_packets, first, second)
    for number, indices in enumerate(list(windows_of(all_packets)), 1):
        row = features(all_packets, indices, all_requests, second, first)
        print(f"{name},{number}," + ",".join("" if value is None else f"{value:.9g}" for value in row))
