namespace Monolith.Host.Hosting;

/// <summary>Says where everything is, once it can be used.</summary>
internal static class Announcement
{
    public static void AnnounceWhenReady(this WebApplication app, Database database) => app.Lifetime.ApplicationStarted.Register(() =>
    {
        var address = app.Urls.FirstOrDefault() ?? "(no address)";
        Console.WriteLine(
            $"""

              API       {address}/v1
              Docs      {address}/docs
              Health    {address}/health/ready
              Database  {database.Description}

            """);
    });
}
