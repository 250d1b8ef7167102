using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace Monolith.Scenarios.PrivateServer;

/// <summary>
/// A Maven repository on this machine with one release of the programs installed here, packed like
/// https://github.com/zonkyio/embedded-postgres-binaries: a jar that contains a .txz.
/// </summary>
internal sealed class MavenRepository : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly string _release;
    private readonly Task _serving;

    private MavenRepository(string jar, string release)
    {
        _release = release;
        Address = $"http://127.0.0.1:{FreePort()}";
        _listener.Prefixes.Add(Address + "/");
        _listener.Start();
        _serving = ServeAsync(jar);
    }

    public string Address { get; }

    public static async Task<MavenRepository> StartAsync(string folder, string installed)
    {
        Directory.CreateDirectory(folder);
        var archive = Path.Combine(folder, "postgres.txz");
        using (var tar = Process.Start(new ProcessStartInfo("tar", ["-cJf", archive, "-C", installed, "bin/pg_ctl", "bin/initdb", "bin/postgres", "lib/plpgsql.so"])
        {
            Environment = { ["XZ_OPT"] = "-0" },
        })!)
        {
            await tar.WaitForExitAsync(TestContext.Current.CancellationToken);
            tar.ExitCode.ShouldBe(0);
        }

        var jar = Path.Combine(folder, "binaries.jar");
        await using (var zip = await ZipFile.OpenAsync(jar, ZipArchiveMode.Create, TestContext.Current.CancellationToken))
            await zip.CreateEntryFromFileAsync(archive, "postgres.txz", CompressionLevel.NoCompression, TestContext.Current.CancellationToken);
        return new MavenRepository(jar, Path.GetFileName(installed) + ".99.0");
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private async Task ServeAsync(string jar)
    {
        var artifact = "embedded-postgres-binaries-linux-" + (RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64v8" : "amd64");
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                using var response = context.Response;
                var path = context.Request.Url!.AbsolutePath;
                if (path.EndsWith($"/{artifact}/maven-metadata.xml", StringComparison.Ordinal))
                    await response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes($"<metadata><version>{_release}</version></metadata>"));
                else if (path.EndsWith($"/{artifact}-{_release}.jar", StringComparison.Ordinal))
                    await response.OutputStream.WriteAsync(await File.ReadAllBytesAsync(jar));
                else
                    response.StatusCode = (int)HttpStatusCode.NotFound;
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // Closed: the end of serving.
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
