using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Monolith.Benchmarks;

/// <summary>
/// The simulator at a fixed rate for a long time, and every minute what could grow: memory, connections, rows that are dead, bytes for each event, and how far the
/// slowest projection is behind. Nothing of it should, but the log.
/// </summary>
internal static class Soak
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    public static async Task Measure(string published, int minutes, int ordersPerSecond, TextWriter output)
    {
        await using var stage = await Stage.Set(program: published);
        var orders = ordersPerSecond * 60 * minutes;
        using var simulator = Process.Start(new ProcessStartInfo(
            "dotnet",
            [
                "run", "--project", "tests/Simulator", "--", "--url", stage.Http.BaseAddress!.ToString(), "--webhook-secret", Stage.WebhookSecret,
                "--orders", $"{orders}", "--rate", $"{ordersPerSecond}",
            ])
        { UseShellExecute = false, RedirectStandardOutput = true })!;
        var summary = simulator.StandardOutput.ReadToEndAsync();

        await output.WriteLineAsync($"{"minute",6}{"events",10}{"resident MB",13}{"connections",13}{"dead rows",11}{"bytes/event",13}{"lag s",8}");
        using var timer = new PeriodicTimer(Interval);
        for (var minute = 1; !simulator.HasExited && await timer.WaitForNextTickAsync(); minute++)
        {
            await output.WriteLineAsync(await Sample(stage, minute));
        }

        await output.WriteLineAsync(await summary);
        await output.WriteLineAsync($"The simulator ended with {simulator.ExitCode}.");
    }

    private static async Task<string> Sample(Stage stage, int minute)
    {
        await using var command = stage.Database.CreateCommand(
            """
            select (select count(*) from events.mt_events), (select count(*) from pg_stat_activity where datname = current_database()),
                (select sum(n_dead_tup)::float8 / sum(n_live_tup) from pg_stat_user_tables), pg_database_size(current_database())
            """);
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        var (events, connections, dead, bytes) = (reader.GetInt64(0), reader.GetInt64(1), reader.GetDouble(2), reader.GetInt64(3));
        var lag = await Lag(stage);
        return string.Create(
            CultureInfo.InvariantCulture, $"{minute,6}{events,10:N0}{stage.ResidentMegabytes,13:F0}{connections,13}{dead,11:P1}{(double)bytes / events,13:N0}{lag,8:F2}");
    }

    private static async Task<double> Lag(Stage stage)
    {
        var projections = JsonNode.Parse(await stage.Http.GetStringAsync(new Uri("/admin/projections?limit=200", UriKind.Relative)))!;
        return projections["items"]!.AsArray().Max(p => (double)p!["lagSeconds"]!);
    }
}
