using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using Marten;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Monolith.Host.Hosting;
using Monolith.Kernel;
using Monolith.LocalPostgres;
using Npgsql;

namespace Monolith.Benchmarks;

/// <summary>A throw-away PostgreSQL, the application as a process of its own if wanted, and its store in this process.</summary>
internal sealed class Stage : IAsyncDisposable
{
    /// <summary>With which the payment provider signs its reports.</summary>
    public static readonly string WebhookSecret = "whsec_" + Convert.ToBase64String(new byte[32]);

    private const string Name = "benchmarks";

    private readonly LocalPostgresServer server;
    private readonly Process? application;
    private readonly WebApplication host;
    private readonly string connection;

    private Stage(LocalPostgresServer server, Process? application, HttpClient http, string connection)
    {
        (this.server, this.application, this.connection, Http) = (server, application, connection, http);
        (host, Database) = (Schema.HostFor(connection), Storage.DataSource(connection));
    }

    public HttpClient Http { get; }

    /// <summary>With the rights of the application.</summary>
    public NpgsqlDataSource Database { get; }

    public IDocumentStore Store => host.Services.GetRequiredService<IDocumentStore>();

    public StoreTemplate Template => host.Services.GetRequiredService<StoreTemplate>();

    /// <summary>What the application holds of the machine's memory.</summary>
    public double ResidentMegabytes => Megabytes(application!);

    /// <param name="prepare">What is done as superuser before the application starts.</param>
    /// <param name="program">The folder of the application; that of this program when left out.</param>
    public static async Task<Stage> Set(Func<NpgsqlDataSource, Task>? prepare = null, string? program = null)
    {
        var (postgres, app) = await StartServer(prepare);
        var (process, http) = await RunHost(program ?? AppContext.BaseDirectory, app);
        return new Stage(postgres, process, http, app);
    }

    /// <summary>Starts the application of a folder, has it do one thing, and ends it.</summary>
    public async Task<Start> Start(string program)
    {
        var start = Stopwatch.GetTimestamp();
        var (process, http) = await RunHost(program, connection);
        var ready = Stopwatch.GetElapsedTime(start);
        using (http)
        {
            try
            {
                return new Start(ready, await FirstCommand(http, start), Megabytes(process));
            }
            finally
            {
                await EndInGoodOrder(process);
            }
        }
    }

    private static double Megabytes(Process process)
    {
        process.Refresh();
        return process.WorkingSet64 / 1_048_576.0;
    }

    /// <returns>When it was answered, after the start.</returns>
    private static async Task<TimeSpan> FirstCommand(HttpClient http, long start)
    {
        using var product = await http.PutAsJsonAsync(
            new Uri($"/v1/products/START-{start}", UriKind.Relative), new { name = "Benchmark", unitPrice = 3, currency = "EUR", weightKg = 1, category = "benchmark", active = true });
        product.EnsureSuccessStatusCode();
        return Stopwatch.GetElapsedTime(start);
    }

    /// <summary>A node that was killed would be waited for by the next.</summary>
    private static async Task EndInGoodOrder(Process process)
    {
        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static Task<(Process Process, HttpClient Http)> RunHost(string program, string connection) => Run(
        [Path.Combine(program, "Monolith.Host.dll"), "--urls"], "/health/ready",
        ("ASPNETCORE_ENVIRONMENT", "Development"), ("Logging__LogLevel__Default", "None"), ("Payments__Webhook__Secrets__0", WebhookSecret),
        ("ConnectionStrings__Monolith", connection), ("Database__ApplySchema", "false"));

    /// <summary>The shop that is written by hand, as a process of its own on the same database.</summary>
    public async Task<Peer> StartPeer()
    {
        var (process, http) = await Run([typeof(Stage).Assembly.Location, "serve"], "/ready", ("ConnectionStrings__Monolith", connection));
        return new Peer(process, http);
    }

    /// <summary>The application of a folder, until it is disposed of.</summary>
    public async Task<Peer> StartApplication(string program)
    {
        var (process, http) = await RunHost(program, connection);
        return new Peer(process, http);
    }

    public NpgsqlDataSource OpenAsSuperuser() => Superuser(server);

    /// <summary>Nobody but this process uses the database.</summary>
    public static async Task<Stage> WithoutApplication()
    {
        var (postgres, app) = await StartServer(prepare: null);
        return new Stage(postgres, application: null, new HttpClient(), app);
    }

    /// <summary>What autovacuum does some time after many rows came in at once.</summary>
    public Task Vacuum() => AsSuperuser("vacuum analyze");

    /// <summary>So that what is measured next does not write what was left over.</summary>
    public Task Checkpoint() => AsSuperuser("checkpoint");

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (application is not null)
        {
            await End(application);
        }

        await Database.DisposeAsync();
        await host.DisposeAsync();
        await server.DisposeAsync();
    }

    private static async Task<(LocalPostgresServer Server, string ConnectionString)> StartServer(Func<NpgsqlDataSource, Task>? prepare)
    {
        var folder = Path.Combine(Path.GetTempPath(), $"monolith-benchmarks-{Guid.NewGuid():N}");
        var postgres = await LocalPostgresServer.StartAsync(new LocalPostgresOptions { Directory = folder, DeleteOnStop = true });
        var (owner, app, _) = await FreshDatabase.Ensure(postgres.ConnectionString, Name, postgres.Password);
        await Schema.Apply(new ConfigurationBuilder()
            .AddInMemoryCollection([KeyValuePair.Create($"ConnectionStrings:{Monolith.Host.Hosting.Database.OwnerName}", (string?)owner)]).Build());

        if (prepare is not null)
        {
            await using var superuser = Superuser(postgres);
            await prepare(superuser);
        }

        return (postgres, app);
    }

    private async Task AsSuperuser(string sql)
    {
        await using var superuser = Superuser(server);
        await using var command = superuser.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }

    private static NpgsqlDataSource Superuser(LocalPostgresServer server) =>
        NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = Name }.ConnectionString);

    /// <summary>Starts a program and waits until it is ready.</summary>
    private static async Task<(Process Process, HttpClient Http)> Run(string[] arguments, string ready, params (string Name, string Value)[] settings)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var start = new ProcessStartInfo("dotnet", [.. arguments, address.ToString()]) { UseShellExecute = false, RedirectStandardOutput = true };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        var http = new HttpClient { BaseAddress = address };
        await Ready(http, ready, process);
        return (process, http);
    }

    private static async Task End(Process process)
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static async Task Ready(HttpClient http, string path, Process process)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (await timer.WaitForNextTickAsync())
        {
            if (process.HasExited)
            {
                throw new InvalidOperationException($"A program that should have been measured ended with {process.ExitCode}.");
            }

            try
            {
                using var answer = await http.GetAsync(new Uri(path, UriKind.Relative));
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // It is not listening yet.
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    internal sealed class Peer(Process process, HttpClient http) : IAsyncDisposable
    {
        public HttpClient Http => http;

        public async ValueTask DisposeAsync()
        {
            http.Dispose();
            await EndInGoodOrder(process);
        }
    }
}
