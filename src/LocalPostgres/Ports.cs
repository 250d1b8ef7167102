using System.Net;
using System.Net.Sockets;

namespace Monolith.LocalPostgres;

/// <summary>A folder's port stays the same as long as nobody else takes it.</summary>
internal static class Ports
{
    private const int First = 15432; // below the range that systems give to outgoing connections
    private const int Count = 10000;

    public static int PreferredBy(string home) => First + (int)(BitConverter.ToUInt32(RealPath.Hash(home)) % Count);

    public static IEnumerable<int> FreeFor(string home) =>
        Enumerable.Range(PreferredBy(home) - First, 200).Select(x => First + (x % Count)).Where(IsFree);

    private static bool IsFree(int port)
    {
        try
        {
            using var probe = new TcpListener(IPAddress.Loopback, port);
            probe.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
