using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Components.WebAssembly.Hosting;
using Monolith.Console;
using Monolith.Console.Api;
using Monolith.Console.Parts;
using Monolith.Console.Session;
using MudBlazor;
using MudBlazor.Services;

var builder = WebAssemblyHostBuilder.CreateDefault(args);
builder.RootComponents.Add<App>("#app");
builder.RootComponents.Add<HeadOutlet>("head::after");

builder.Services.AddMudServices(options =>
{
    options.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomRight;
    options.SnackbarConfiguration.VisibleStateDuration = 6_000;
});
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddSingleton<Connection>();
builder.Services.AddSingleton<CurrentUser>();
// The API stands beside the console, under the same origin.
builder.Services.AddSingleton(services => new HttpClient(new ConnectionHandler(services.GetRequiredService<Connection>()))
{
    BaseAddress = new Uri(new Uri(builder.HostEnvironment.BaseAddress), "/"),
    // A server that stands still does not answer, either.
    Timeout = TimeSpan.FromSeconds(30),
});
builder.Services.AddSingleton<MonolithApi>();
builder.Services.AddSingleton<Browser>();

var console = builder.Build();
// Before anything is drawn, so that it is drawn once. If the server does not answer now, the layout goes on asking.
await console.Services.GetRequiredService<CurrentUser>().TryLoad(console.Services.GetRequiredService<HttpClient>());
await console.RunAsync();
