using Monolith.Operations;

namespace Monolith.Scenarios.Operations;

/// <summary>Beside a running node, over the same database.</summary>
public sealed class TheCommandLine(App app) : IClassFixture<App>
{
    [Fact]
    public async Task Rebuilds_and_verifies_by_the_operations_of_the_running_nodes()
    {
        await app.HasProduct("CLI-1");
        await app.HasOrder("CLI-1");
        await app.HasCaughtUp("OrderList");

        (await Run("projections")).Output.ShouldContain("OrderList");
        var rebuilt = await Run("projections", "rebuild", "OrderList", "--reason", "a fix");
        rebuilt.Code.ShouldBe(0, rebuilt.Output);
        rebuilt.Output.ShouldContain("Succeeded");
        (await Run("projections", "verify", "OrderList", "--reason", "to be sure")).Output.ShouldContain("0 different");
        var operation = (await app.Send("GET", "/admin/operations?limit=1").Json())["items"]![0]!;
        operation["kind"]!.ToString().ShouldBe("verification");
        operation["actor"]!.ToString().ShouldStartWith("command line");
    }

    [Fact]
    public async Task Refuses_what_the_api_refuses()
    {
        (await Run("projections", "rebuild", "Nothing", "--reason", "r")).ShouldBe((1, "There is no such projection."));
        (await Run("projections", "rebuild", "OrderList")).Code.ShouldBe(1);
        (await Run("projections", "rebuild")).Code.ShouldBe(2);

        var slow = (await app.Send(
            "POST", "/admin/projections/Order/rebuilds", new { reason = "slowly", maxEventsPerSecond = 1 }, expect: 202)).Header("Location");
        await app.Send("POST", $"{slow}/pause", new { reason = "r" }, expect: 202);
        var second = await Run("projections", "rebuild", "Order", "--reason", "r");
        second.Code.ShouldBe(1);
        second.Output.ShouldContain(slow.Split('/')[^1]);
        await app.Send("POST", $"{slow}/cancellation", new { reason = "r" }, expect: 202);
        await app.Follow(slow);
    }

    private async Task<(int? Code, string Output)> Run(params string[] arguments)
    {
        await using var output = new StringWriter();
        var code = await OperationsModule.RunOperationsCommand(arguments, app.Host.Services, output);
        return (code, output.ToString().Trim());
    }
}
