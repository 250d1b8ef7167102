using System.Diagnostics;
using Monolith.LocalPostgres;
using static Monolith.Scenarios.PrivateServer.ServerTemplate;

namespace Monolith.Scenarios.PrivateServer;

[Collection(nameof(ServerTemplate))]
public sealed class RecoveryTests(ServerTemplate template)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_whose_application_was_killed_is_adopted_and_stopped()
    {
        var folder = await template.CopyAsync();
        using var application = await ServerApplication.StartAsync(folder);
        await application.KillAsync();

        var server = await LocalPostgresServer.StartAsync(Options(folder), Cancellation);
        server.Adopted.ShouldBeTrue();
        (await AskAsync(server, "select word from kept")).ShouldBe("template");
        await server.DisposeAsync();
        (await AnswersAsync(server)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_server_that_another_application_uses_runs_on()
    {
        var folder = await template.CopyAsync();
        using var application = await ServerApplication.StartAsync(folder);
        var server = await LocalPostgresServer.StartAsync(Options(folder), Cancellation);
        await server.DisposeAsync();
        (await AnswersAsync(server)).ShouldBeTrue();

        await application.KillAsync();
        await (await LocalPostgresServer.StartAsync(Options(folder), Cancellation)).DisposeAsync();
        (await AnswersAsync(server)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_killed_server_is_started_again()
    {
        var folder = await template.CopyAsync();
        await using var killed = await LocalPostgresServer.StartAsync(Options(folder), Cancellation);
        using (var postmaster = Postmaster(folder))
            postmaster.Kill();

        await using var server = await LocalPostgresServer.StartAsync(Options(folder), Cancellation);
        server.Adopted.ShouldBeFalse();
        (await AskAsync(server, "select word from kept")).ShouldBe("template");
    }

    [Fact]
    public async Task A_lock_file_with_the_process_id_of_another_program_does_not_matter()
    {
        var folder = await template.CopyAsync();
        var data = Path.Combine(folder, "data");
        await File.WriteAllTextAsync(PidFile(folder), $"{Environment.ProcessId}\n{data}\n1\n15432\n\n127.0.0.1\n0 0\nready\n", Cancellation);

        await using var server = await LocalPostgresServer.StartAsync(Options(folder), Cancellation);
        server.Adopted.ShouldBeFalse();
        (await AskAsync(server, "select word from kept")).ShouldBe("template");
    }

    [Fact]
    public async Task An_interrupted_initialization_is_repeated()
    {
        var folder = template.NewFolder();
        var draft = Directory.CreateDirectory(Path.Combine(folder, "data.new"));
        await File.WriteAllTextAsync(Path.Combine(draft.FullName, "PG_VERSION"), "1", Cancellation);

        await using var server = await LocalPostgresServer.StartAsync(Options(folder), Cancellation);
        draft.Refresh();
        draft.Exists.ShouldBeFalse();
    }

    [Fact]
    public async Task A_server_that_is_shutting_down_is_waited_for()
    {
        var folder = await template.CopyAsync();
        await using var first = await LocalPostgresServer.StartAsync(Options(folder), Cancellation);
        using var postmaster = Postmaster(folder);
        using (var signal = Process.Start("kill", ["-INT", postmaster.Id.ToString()]))
            await signal.WaitForExitAsync(Cancellation);

        await using var second = await LocalPostgresServer.StartAsync(Options(folder), Cancellation);
        second.Adopted.ShouldBeFalse();
        (await AskAsync(second, "select word from kept")).ShouldBe("template");
    }
}
