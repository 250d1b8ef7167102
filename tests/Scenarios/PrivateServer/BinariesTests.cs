using Monolith.LocalPostgres;
using static Monolith.Scenarios.PrivateServer.ServerTemplate;

namespace Monolith.Scenarios.PrivateServer;

[Collection(nameof(ServerTemplate))]
public sealed class BinariesTests(ServerTemplate template)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Existing_data_decide_the_major_version()
    {
        var folder = await template.CopyAsync();
        var versions = template.NewFolder();
        await WriteNewerAsync(Path.Combine(versions, "postgres-99", "bin"));
        var installed = Path.Combine(Installed(), "bin");
        Directory.CreateSymbolicLink(Path.Combine(Directory.CreateDirectory(Path.Combine(versions, "postgres-1")).FullName, "bin"), installed);

        await using var server = await LocalPostgresServer.StartAsync(Options(folder) with { BinariesDirectory = versions }, Cancellation);
        server.Version.ShouldStartWith(Path.GetFileName(Installed()));
    }

    [Fact]
    public async Task Programs_are_downloaded_once_and_fit_the_data()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/xz"), "needs xz to pack the programs");
        var downloads = template.NewFolder();
        var options = Options(await template.CopyAsync()) with { BinariesDirectory = downloads };

        await using (var repository = await MavenRepository.StartAsync(template.NewFolder(), Installed()))
        await using (var server = await LocalPostgresServer.StartAsync(options with { MavenRepository = repository.Address }, Cancellation))
            (await AskAsync(server, "select word from kept")).ShouldBe("template");
        Directory.GetFiles(downloads, "pg_ctl", SearchOption.AllDirectories).ShouldHaveSingleItem();

        await using var offline = await LocalPostgresServer.StartAsync(options with { MavenRepository = Nowhere }, Cancellation);
        offline.Adopted.ShouldBeFalse();
    }

    [Fact]
    public async Task Data_of_another_major_version_says_which_is_needed()
    {
        var folder = template.NewFolder();
        await File.WriteAllTextAsync(Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "data")).FullName, "PG_VERSION"), "99\n", Cancellation);

        var message = await FailsAsync(Options(folder));
        message.ShouldContain("made by PostgreSQL 99");
        message.ShouldContain("Install PostgreSQL 99");
        message.ShouldContain("pg_dump");
    }

    [Fact]
    public async Task No_programs_and_no_download_says_how_to_install()
    {
        var message = await FailsAsync(
            Options(template.NewFolder()) with { BinariesDirectory = template.NewFolder(), MavenRepository = Nowhere });

        message.ShouldContain("no PostgreSQL on this machine");
        message.ShouldContain(Nowhere);
        message.ShouldContain("apt-get install postgresql");
    }

    private static string Installed()
    {
        var installed = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Max(StringComparer.Ordinal)
            : null;
        Assert.SkipWhen(installed is null, "needs PostgreSQL under /usr/lib/postgresql");
        return installed;
    }

    private static async Task WriteNewerAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var name in (string[])["pg_ctl", "initdb", "postgres"])
        {
            var program = Path.Combine(folder, name);
            await File.WriteAllTextAsync(program, "#!/bin/sh\necho 'postgres (PostgreSQL) 99.1'\n", Cancellation);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(program, (UnixFileMode)0b111_101_101);
        }
    }
}
