using System.Net;
using System.Net.Sockets;
using Monolith.LocalPostgres;
using static Monolith.Scenarios.PrivateServer.ServerTemplate;

namespace Monolith.Scenarios.PrivateServer;

[Collection(nameof(ServerTemplate))]
public sealed class LifetimeTests(ServerTemplate template)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Data_survives_a_restart_on_the_same_port()
    {
        var folder = await template.CopyAsync();
        int port;
        await using (var first = await LocalPostgresServer.StartAsync(Options(folder), Cancellation))
        {
            port = first.Port;
            first.Adopted.ShouldBeFalse();
            (await AskAsync(first, "show server_encoding")).ShouldBe("UTF8");
            (await AskAsync(first, "select datcollate from pg_database where datname = 'postgres'")).ShouldBe("C");
            await ExecuteAsync(first, "update kept set word = 'changed'");
        }

        File.Exists(PidFile(folder)).ShouldBeFalse();
        await using var second = await LocalPostgresServer.StartAsync(Options(folder), Cancellation);
        second.Port.ShouldBe(port);
        (await AskAsync(second, "select word from kept")).ShouldBe("changed");
    }

    [Fact]
    public async Task Users_that_start_at_the_same_time_share_one_server_until_the_last_one_leaves()
    {
        var folder = await template.CopyAsync();
        var servers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => LocalPostgresServer.StartAsync(Options(folder), Cancellation)));
        servers.Count(x => !x.Adopted).ShouldBe(1);
        servers.Select(x => x.Port).Distinct().ShouldHaveSingleItem();

        await servers.Single(x => !x.Adopted).DisposeAsync();
        (await AskAsync(servers[0], "select word from kept")).ShouldBe("template");
        await Task.WhenAll(servers.Select(x => x.DisposeAsync().AsTask()));
        (await AnswersAsync(servers[0])).ShouldBeFalse();
        File.Exists(PidFile(folder)).ShouldBeFalse();
    }

    [Fact]
    public async Task Two_folders_have_two_servers_even_if_one_is_a_copy_of_the_other()
    {
        var (folder, copy) = (await template.CopyAsync(), await template.CopyAsync());
        await using var one = await LocalPostgresServer.StartAsync(Options(folder), Cancellation);
        File.Copy(PidFile(folder), PidFile(copy));

        await using var other = await LocalPostgresServer.StartAsync(Options(copy), Cancellation);
        other.Adopted.ShouldBeFalse();
        other.Port.ShouldNotBe(one.Port);
        await ExecuteAsync(one, "update kept set word = 'one'");
        (await AskAsync(other, "select word from kept")).ShouldBe("template");
    }

    [Fact]
    public async Task An_occupied_port_is_avoided()
    {
        var folder = await template.CopyAsync();
        int preferred;
        await using (var alone = await LocalPostgresServer.StartAsync(Options(folder), Cancellation))
            preferred = alone.Port;

        using var occupant = new TcpListener(IPAddress.Loopback, preferred);
        occupant.Start();
        await using var server = await LocalPostgresServer.StartAsync(Options(folder), Cancellation);
        server.Port.ShouldNotBe(preferred);
        (await AskAsync(server, "select word from kept")).ShouldBe("template");
    }

    [Fact]
    public async Task A_throw_away_server_is_private_and_detached_while_it_runs_and_leaves_nothing()
    {
        var folder = await template.CopyAsync();
        await using (await LocalPostgresServer.StartAsync(Options(folder) with { DeleteOnStop = true }, Cancellation))
        {
            if (!OperatingSystem.IsWindows())
                File.GetUnixFileMode(Path.Combine(folder, "password")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            if (OperatingSystem.IsLinux())
            {
                // The fields after the name: state, parent, process group, session. Ctrl+C goes to the terminal's group.
                using var postmaster = Postmaster(folder);
                var stat = await File.ReadAllTextAsync($"/proc/{postmaster.Id}/stat", Cancellation);
                stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[2..4].ShouldAllBe(x => x == $"{postmaster.Id}");
            }
        }

        Directory.Exists(folder).ShouldBeFalse();
    }
}
