"""The service that the pair serves in a rehearsal: says which node answers, over UDP and TCP, from the address asked."""

import socket
import socketserver
import struct
import sys
import threading

PORT = 7007
NAME = sys.argv[1].encode()
IP_PKTINFO = 8


def serve_udp():
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.setsockopt(socket.IPPROTO_IP, IP_PKTINFO, 1)
    server.bind(("0.0.0.0", PORT))
    while True:
        data, ancillary, _, client = server.recvmsg(64, socket.CMSG_SPACE(12))
        _, _, asked = struct.unpack("I4s4s", ancillary[0][2][:12])
        source = struct.pack("I4s4s", 0, asked, b"\0\0\0\0")
        try:
            server.sendmsg([data + b" " + NAME], [(socket.IPPROTO_IP, IP_PKTINFO, source)], 0, client)
        except OSError:
            pass  # the address has just moved away


class Tcp(socketserver.BaseRequestHandler):
    def handle(self):
        self.request.sendall(NAME + b"\n")


class TcpServer(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


threading.Thread(target=serve_udp, daemon=True).start()
TcpServer(("0.0.0.0", PORT), Tcp).serve_forever()
