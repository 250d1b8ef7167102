namespace Monolith.LocalPostgres;

/// <summary>
/// The files of one server. The home is the configured folder, with the locks; the place has data, log, socket and
/// password, and is the home itself, or a folder outside of closed parents that the home links to.
/// </summary>
internal sealed record ServerFolder(string Home, string Place, ServerAccount Account)
{
    private const UnixFileMode OpenToPass = (UnixFileMode)0b111_101_101; // rwxr-xr-x

    public string Data => Path.Combine(Place, "data");
    public string Log => Path.Combine(Place, "log");
    public string LogFile => Path.Combine(Log, "server.log");
    public string Socket => Path.Combine(Place, "socket");
    public string PasswordFile => Path.Combine(Place, "password");
    public string UsersFile => Path.Combine(Home, "users.lock");

    /// <summary>The major version that made the data; null if there is none yet.</summary>
    public int? Major => File.Exists(Path.Combine(Data, "PG_VERSION"))
        ? int.Parse(File.ReadAllText(Path.Combine(Data, "PG_VERSION")).Trim().Split('.')[0])
        : null;

    public static async Task<ServerFolder> OpenAsync(string home, string outsideDirectory, CancellationToken cancellation)
    {
        var data = Path.Combine(home, "data");
        var account = await ServerAccount.ChooseAsync(data, cancellation);
        var name = Convert.ToHexStringLower(RealPath.Hash(home).AsSpan(0, 8));
        var inside = new ServerFolder(home, home, account);
        var outside = new ServerFolder(home, Path.Combine(RealPath.Of(outsideDirectory), name), account);

        if (new DirectoryInfo(data).LinkTarget is { } target)
        {
            // A copied link would let two checkouts share one server.
            if (!RealPath.Same(target, outside.Data))
                throw new LocalPostgresException(
                    $"'{data}' leads to '{target}', but the data of '{home}' belongs to '{outside.Data}'. "
                    + "After moving the folder: move the data there too. After copying it: remove the links 'data' and 'log'.");
            return await outside.PrepareAsync(cancellation)
                ? outside
                : throw outside.Unreachable($"Let that user pass the parents of '{outside.Place}'.");
        }

        if (await inside.PrepareAsync(cancellation))
            return inside;
        if (inside.Major is not null)
            throw inside.Unreachable($"Let that user pass the parents of '{home}' (chmod o+x), or move the folder.");
        if (!await outside.PrepareAsync(cancellation))
            throw outside.Unreachable($"Neither can it reach '{home}'. Let it pass the parents of one of them (chmod o+x).");

        Link(data, outside.Data);
        Link(inside.Log, outside.Log);
        return outside;
    }

    private async Task<bool> PrepareAsync(CancellationToken cancellation)
    {
        CreateOpen(Place);
        if (!Directory.Exists(Log))
        {
            Directory.CreateDirectory(Log);
            await Account.OwnAsync(Log, cancellation);
        }

        return await Account.CanWriteAsync(Log, cancellation);
    }

    private LocalPostgresException Unreachable(string whatToDo) => new(
        $"PostgreSQL must run as the user '{Account.Name}', which cannot write to '{Log}'. {whatToDo}");

    /// <summary>As root, a strict umask must not close a new folder to the server's account.</summary>
    public static void CreateOpen(string path)
    {
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess)
            Directory.CreateDirectory(path);
        else if (!Directory.Exists(path))
        {
            CreateOpen(Path.GetDirectoryName(path)!);
            Directory.CreateDirectory(path).UnixFileMode = OpenToPass;
        }
    }

    private static void Link(string link, string target)
    {
        if (Directory.Exists(link))
            Directory.Delete(link, recursive: true);
        Directory.CreateSymbolicLink(link, target);
    }

    public void Delete()
    {
        foreach (var path in (string[])[Path.Combine(Home, "data"), Path.Combine(Home, "log")])
        {
            if (new DirectoryInfo(path).LinkTarget is not null)
                Directory.Delete(path);
        }

        if (!RealPath.Same(Place, Home))
            Directory.Delete(Place, recursive: true);
        Directory.Delete(Home, recursive: true);
    }
}
