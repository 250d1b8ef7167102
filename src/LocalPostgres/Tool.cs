using System.Diagnostics;

namespace Monolith.LocalPostgres;

/// <summary>
/// Runs a command line tool to its end, without a shell, in English and free of PG* variables; as another Unix account
/// if one is named.
/// </summary>
internal static class Tool
{
    public static async Task<ToolResult> RunAsync(
        string file, IReadOnlyList<string> arguments, string? user, string workingDirectory, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
            UserName = user ?? "",
        };
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("PG", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        start.Environment["LC_ALL"] = "C";

        using var process = Process.Start(start) ?? throw new LocalPostgresException($"'{file}' could not be started.");
        process.StandardInput.Close();
        var said = Task.WhenAll(
            process.StandardOutput.ReadToEndAsync(CancellationToken.None),
            process.StandardError.ReadToEndAsync(CancellationToken.None));
        try
        {
            await process.WaitForExitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        // On Windows a started server inherits the pipes and keeps them open: do not wait for their end.
        var ended = await Task.WhenAny(said, Task.Delay(TimeSpan.FromSeconds(1), CancellationToken.None)) == said;
        return new ToolResult(process.ExitCode, ended ? string.Concat(await said).Trim() : "");
    }
}

internal sealed record ToolResult(int ExitCode, string Output)
{
    public bool Succeeded => ExitCode == 0;
}
