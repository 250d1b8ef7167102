using MysticMind.PostgresEmbed;

namespace Monolith.LocalPostgres;

/// <summary>Where a private server lives and how it behaves. One server per <see cref="Directory"/>.</summary>
public sealed record LocalPostgresOptions
{
    /// <summary>
    /// Folder of this server alone: <c>data</c>, <c>log</c>, <c>password</c> and two lock files. Created if missing.
    /// </summary>
    public required string Directory { get; init; }

    /// <summary>
    /// False gives up safety against power failure for speed (<c>fsync</c>, <c>synchronous_commit</c> and
    /// <c>full_page_writes</c> off): for tests. An adopted server keeps the mode it was started with.
    /// </summary>
    public bool Durable { get; init; } = true;

    /// <summary>True deletes everything under <see cref="Directory"/> when the last user stops the server.</summary>
    public bool DeleteOnStop { get; init; }

    /// <summary>
    /// Folder with <c>pg_ctl</c>, <c>initdb</c> and <c>postgres</c>, looked at instead of the usual places.
    /// If there are none, they are downloaded into it. Null: <c>PATH</c>, the system's packages, Homebrew,
    /// Program Files; a download goes to <c>binaries</c> beside the data.
    /// </summary>
    public string? BinariesDirectory { get; init; }

    /// <summary>Maven repository that binaries are downloaded from when this machine has none.</summary>
    public string MavenRepository { get; init; } = PgServerOptions.DefaultMavenRepo;

    /// <summary>
    /// As root the server runs as an unprivileged user. Where that user cannot reach <see cref="Directory"/>, data and
    /// log live in a folder of their own under this one, and <see cref="Directory"/> links to them.
    /// </summary>
    public string OutsideDirectory { get; init; } = "/var/lib/monolith-postgres";

    /// <summary>Told what takes time, one sentence each: a download, an initialization, another process that is at it.</summary>
    public Action<string>? Progress { get; init; }
}
