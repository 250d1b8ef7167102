namespace Monolith.LocalPostgres;

/// <summary>One log per run of the server; the one before is kept.</summary>
internal static class ServerLog
{
    private const int Lines = 15;

    public static void Rotate(ServerFolder folder)
    {
        if (File.Exists(folder.LogFile))
            File.Move(folder.LogFile, Path.Combine(folder.Log, "server.previous.log"), overwrite: true);
    }

    public static string Tail(ServerFolder folder) => File.Exists(folder.LogFile)
        ? string.Join('\n', File.ReadLines(folder.LogFile).TakeLast(Lines))
        : "(no log was written)";
}
