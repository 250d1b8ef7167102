namespace Monolith.Simulator;

internal static class Summary
{
    public static void Write(TextWriter output, Latencies latencies, Failures failures)
    {
        output.WriteLine();
        output.WriteLine($"{"latency in ms",-18}{"count",9}{"errors",9}{"p50",10}{"p95",10}{"p99",10}{"max",10}");
        foreach (var row in latencies.Rows())
            output.WriteLine($"{row.Operation,-18}{row.Count,9:N0}{row.Errors,9:N0}{row.P50,10:N1}{row.P95,10:N1}{row.P99,10:N1}{row.Max,10:N1}");
        output.WriteLine("from the intended start to the answer, repetitions included");
        foreach (var (cause, count) in latencies.Repetitions) output.WriteLine($"repeated {count:N0} times: {cause}");
        if (failures.Count == 0) return;
        output.WriteLine();
        output.WriteLine($"{failures.Count:N0} failed:");
        failures.WriteTo(output);
    }

    public static void Write(TextWriter output, IReadOnlyList<OrdersPerDay> days)
    {
        output.WriteLine();
        output.WriteLine($"{"day",-12}{"status",-18}{"orders",9}{"total",18}");
        foreach (var day in days)
            output.WriteLine($"{day.Day,-12:yyyy-MM-dd}{day.Status,-18}{day.Orders,9:N0}{day.Total,18:N2} {day.Currency}");
    }
}
