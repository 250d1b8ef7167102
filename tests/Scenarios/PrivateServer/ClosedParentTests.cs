using Monolith.LocalPostgres;
using static Monolith.Scenarios.PrivateServer.ServerTemplate;

namespace Monolith.Scenarios.PrivateServer;

[Collection(nameof(ServerTemplate))]
public sealed class ClosedParentTests(ServerTemplate template)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task As_root_the_data_live_outside_of_a_closed_parent_and_are_linked_to()
    {
        var options = ClosedOptions();
        var data = new DirectoryInfo(Path.Combine(options.Directory, "data"));

        await using (var server = await LocalPostgresServer.StartAsync(options, Cancellation))
            await ExecuteAsync(server, "create table kept ()");
        data.LinkTarget.ShouldNotBeNull().ShouldStartWith(options.OutsideDirectory);
        File.Exists(Path.Combine(options.Directory, "log", "server.log")).ShouldBeTrue();

        await using (var again = await LocalPostgresServer.StartAsync(options with { DeleteOnStop = true }, Cancellation))
            (await AskAsync(again, "select count(*) from kept")).ShouldBe(0L);
        Directory.Exists(options.Directory).ShouldBeFalse();
        Directory.EnumerateFileSystemEntries(options.OutsideDirectory).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_copied_link_does_not_let_two_folders_share_one_server()
    {
        var options = ClosedOptions();
        Directory.CreateDirectory(options.Directory);
        Directory.CreateSymbolicLink(Path.Combine(options.Directory, "data"), Path.Combine(options.OutsideDirectory, "other", "data"));

        (await FailsAsync(options)).ShouldContain("remove the links");
    }

    [Fact]
    public async Task As_root_without_any_reachable_folder_the_error_says_so()
    {
        var options = ClosedOptions();
        var closed = Path.GetDirectoryName(options.Directory)!;

        (await FailsAsync(options with { OutsideDirectory = Path.Combine(closed, "outside") })).ShouldContain("chmod o+x");
    }

    private LocalPostgresOptions ClosedOptions()
    {
        Assert.SkipUnless(!OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess, "only root starts the server as somebody else");
        var parent = template.NewFolder();
        Directory.CreateDirectory(parent);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(parent, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return Options(Path.Combine(parent, "server")) with { OutsideDirectory = template.NewFolder() };
    }
}
