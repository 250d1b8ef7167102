namespace Monolith.Host.Hosting;

/// <summary>Where a developer's machine keeps what belongs to this checkout alone, out of version control.</summary>
internal static class LocalFolder
{
    public static string Of(IHostEnvironment environment) => Path.Combine(Checkout(environment.ContentRootPath), ".local");

    private static string Checkout(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Monolith.sln")))
            {
                return folder.FullName;
            }
        }

        return start;
    }
}
