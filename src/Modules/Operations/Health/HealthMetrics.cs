using System.Diagnostics.Metrics;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Monolith.Operations.Health;

/// <summary>Shows the same signals and problems to <c>/metrics</c>, as they were a few seconds ago.</summary>
internal sealed class HealthMetrics(HealthProbe probe, IHostApplicationLifetime lifetime, IMeterFactory meters, TimeProvider time, ILogger<HealthMetrics> log)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private volatile ProjectionHealth? last;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.Started(stoppingToken);

        Publish(meters.Create("Monolith.Health"));
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                last = await probe.Read(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                // No value is better than an old one.
                last = null;
                log.LogWarning("The health of projections cannot be read: {Reason}", exception.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private void Publish(Meter meter)
    {
        meter.CreateObservableGauge("monolith-high-water-age", () => Of(h => h.HighWaterAgeSeconds), "s", "Since a node looked for new events");
        meter.CreateObservableGauge("monolith-high-water-lag", () => Of(h => h.MarkLagSeconds), "s", "Age of the first event beyond the mark");
        meter.CreateObservableGauge("monolith-outbox-age", () => Of(h => h.OutboxAgeSeconds), "s", "How long the oldest message waits to be sent");
        meter.CreateObservableGauge("monolith-inbox-age", () => Of(h => h.InboxAgeSeconds), "s", "How long the oldest message waits to be handled");
        meter.CreateObservableGauge("monolith-dead-letters", () => Of(h => (double)h.OpenDeadLetters), description: "Set aside, waiting for a person");
        meter.CreateObservableGauge(
            "monolith-projection-lag", () => Each(h => h.Projections, p => p.LagSeconds, "projection", p => p.Name), "s", "Age of the oldest event not seen");
        meter.CreateObservableGauge(
            "monolith-health-problems", () => Each(Counted, p => p.Count, "problem", p => p.Name), description: "Problems of each name");
    }

    /// <summary>All names, so that an alarm finds a 0 where all is well.</summary>
    private static IEnumerable<(string Name, int Count)> Counted(ProjectionHealth health) => Enum.GetValues<HealthProblemName>()
        .Select(name => (JsonNamingPolicy.CamelCase.ConvertName(name.ToString()), health.Problems.Count(p => p.Name == name)));

    private IEnumerable<Measurement<double>> Of(Func<ProjectionHealth, double> value) => last is { } health ? [new Measurement<double>(value(health))] : [];

    private IEnumerable<Measurement<double>> Each<T>(
        Func<ProjectionHealth, IEnumerable<T>> items, Func<T, double> value, string tag, Func<T, string> name) =>
        last is { } health ? items(health).Select(item => new Measurement<double>(value(item), KeyValuePair.Create(tag, (object?)name(item)))) : [];
}
