using static Monolith.Scenarios.PrivateServer.ServerTemplate;

namespace Monolith.Scenarios.PrivateServer;

[Collection(nameof(ServerTemplate))]
public sealed class ErrorTests(ServerTemplate template)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_folder_that_cannot_be_created_is_named()
    {
        var folder = template.NewFolder();
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, "file");
        await File.WriteAllTextAsync(file, "", Cancellation);

        (await FailsAsync(Options(Path.Combine(file, "below")))).ShouldContain(file);
    }

    [Fact]
    public async Task A_folder_without_permission_says_what_to_do()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs a place that nobody may write to, not even root");
        (await FailsAsync(Options("/sys/monolith"))).ShouldContain("chown");
    }

    [Fact]
    public async Task Foreign_files_are_not_overwritten()
    {
        var folder = template.NewFolder();
        var data = Directory.CreateDirectory(Path.Combine(folder, "data"));
        await File.WriteAllTextAsync(Path.Combine(data.FullName, "letter.txt"), "dear", Cancellation);

        (await FailsAsync(Options(folder))).ShouldContain("holds no PostgreSQL data");
        data.GetFiles().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_server_that_does_not_start_shows_its_log()
    {
        var folder = await template.CopyAsync();
        await File.AppendAllTextAsync(Path.Combine(folder, "data", "postgresql.conf"), "no_such_setting = 1\n", Cancellation);

        var message = await FailsAsync(Options(folder));
        message.ShouldContain("did not start");
        message.ShouldContain("no_such_setting");
    }

    [Fact]
    public async Task A_missing_password_is_named()
    {
        var folder = await template.CopyAsync();
        File.Delete(Path.Combine(folder, "password"));

        (await FailsAsync(Options(folder))).ShouldContain(Path.Combine(folder, "password"));
        File.Exists(PidFile(folder)).ShouldBeFalse();
    }
}
