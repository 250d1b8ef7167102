using System.Diagnostics;

namespace Monolith.Cluster.Infrastructure;

/// <summary>A folder on a file system of its own that holds only so much. Only root can have one.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private const int Megabytes = 1_500;

    private readonly string folder;

    private SmallDisk(string folder) => this.folder = folder;

    private string Filler => Path.Combine(folder, "filler");

    /// <returns>Null where this process may not, or the system has no such thing.</returns>
    public static async Task<SmallDisk?> On(string folder)
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            return null;
        }

        Directory.CreateDirectory(folder);
        return await Succeeds("mount", "-t", "tmpfs", "-o", $"size={Megabytes}m,mode=755", "tmpfs", folder) ? new SmallDisk(folder) : null;
    }

    /// <summary>Leaves room for nothing while something is done.</summary>
    public async Task Full(Func<Task> meanwhile)
    {
        try
        {
            Fill();
            await meanwhile();
        }
        finally
        {
            File.Delete(Filler);
        }
    }

    public async ValueTask DisposeAsync() => (await Succeeds("umount", folder)).ShouldBeTrue();

    private void Fill()
    {
        var zeros = new byte[1 << 16];
        using var file = new FileStream(Filler, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true)
            {
                file.Write(zeros);
            }
        }
        catch (IOException)
        {
            // No space left on device.
        }
    }

    private static async Task<bool> Succeeds(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        return process.ExitCode == 0;
    }
}
