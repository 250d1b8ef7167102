namespace Monolith.LocalPostgres;

/// <summary>Who the server runs as. Postgres refuses to run as root, so root starts it as somebody else.</summary>
/// <param name="Name">Unix account; null: the current user.</param>
internal sealed record ServerAccount(string? Name)
{
    /// <summary>Existing data keeps its owner, so that one <c>sudo</c> does not lock the usual user out.</summary>
    public static async Task<ServerAccount> ChooseAsync(string data, CancellationToken cancellation)
    {
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess)
            return new ServerAccount((string?)null);

        if (Directory.Exists(data))
        {
            var owner = await Tool.RunAsync(
                "stat", [OperatingSystem.IsMacOS() ? "-f%Su" : "-c%U", data + "/"], null, "/", cancellation);
            if (owner is { Succeeded: true, Output: not ("root" or "UNKNOWN") })
                return new ServerAccount(owner.Output);
        }

        foreach (var name in (string[])["postgres", "nobody"])
        {
            if ((await Tool.RunAsync("id", ["-u", name], null, "/", cancellation)).Succeeded)
                return new ServerAccount(name);
        }

        throw new LocalPostgresException(
            "PostgreSQL refuses to run as root, and there is neither a user 'postgres' nor 'nobody' to run it as. "
            + "Create one (useradd --system postgres) or run as an ordinary user.");
    }

    public Task<ToolResult> RunAsync(string file, IReadOnlyList<string> arguments, string workingDirectory, CancellationToken cancellation) =>
        Tool.RunAsync(file, arguments, Name, workingDirectory, cancellation);

    public async Task OwnAsync(string path, CancellationToken cancellation)
    {
        if (Name is null)
            return;
        var changed = await Tool.RunAsync("chown", ["-R", Name + ":", path], null, "/", cancellation);
        if (!changed.Succeeded)
            throw new LocalPostgresException($"'{path}' could not be given to the user '{Name}': {changed.Output}");
    }

    /// <summary>Whether this account gets through all parent folders and may write.</summary>
    public async Task<bool> CanWriteAsync(string path, CancellationToken cancellation) =>
        Name is null || (await RunAsync("test", ["-w", path, "-a", "-x", path], "/", cancellation)).Succeeded;
}
