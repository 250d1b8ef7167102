using JasperFx;
using Monolith.Host.Hosting;
using Monolith.LocalPostgres;

try
{
    return await Run(args);
}
catch (Exception problem) when (problem is CannotStartException or LocalPostgresException)
{
    await Console.Error.WriteLineAsync(problem.Message);
    return 1;
}

static async Task<int> Run(string[] args)
{
    // The settings stand beside the program, wherever it is called from.
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
    switch (args)
    {
        case ["apply-schema"]:
            await Schema.Apply(builder.Configuration);
            return 0;
        case ["export-schema", var file]:
            await File.WriteAllTextAsync(file, await Schema.Script());
            return 0;
    }

    await using var database = await Database.FindOrStart(builder);
    builder.AddDevelopmentSecrets();
    builder.AddModules();
    builder.AddStorage();
    builder.AddMessaging();
    builder.AddApi();
    builder.AddProblems();
    builder.AddSecurity();
    builder.AddConsole();
    builder.AddRateLimits();
    builder.AddHealth();
    builder.AddTelemetry();
    builder.AddApiDocument();

    var app = builder.Build();
    app.UseCorrelation();
    app.UseProblems();
    app.UseSignIn();
    app.UseRateLimits();
    app.UseModules();
    app.UseAccessControl();
    app.MapApi();
    app.MapProblemPages();
    app.MapHealth();
    app.MapTelemetry();
    app.MapApiDocument();
    app.MapConsole();
    app.AnnounceWhenReady(database);

    return await Modules.RunCommand(app, args) ?? await app.RunJasperFxCommands(args);
}
