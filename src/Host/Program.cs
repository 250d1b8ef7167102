using JasperFx;
using Monolith.Host.Hosting;

// The settings stand beside the program, wherever it is called from.
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
if (args is ["apply-schema"])
{
    await Schema.Apply(builder.Configuration);
    return 0;
}

await using var database = await Database.FindOrStart(builder);
builder.AddModules();
builder.AddStorage();
builder.AddMessaging();
builder.AddApi();
builder.AddProblems();
builder.AddSecurity();
builder.AddRateLimits();
builder.AddHealth();
builder.AddTelemetry();
builder.AddApiDocument();

var app = builder.Build();
app.UseCorrelation();
app.UseProblems();
app.UseSecurity();
app.UseRateLimits();
app.MapApi();
app.MapProblemPages();
app.MapHealth();
app.MapTelemetry();
app.MapApiDocument();
app.AnnounceWhenReady(database);

return await app.RunJasperFxCommands(args);
