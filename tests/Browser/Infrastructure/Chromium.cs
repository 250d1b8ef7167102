namespace Monolith.Browser.Infrastructure;

/// <summary>The browser of this machine. Without one, the tests are skipped.</summary>
internal static class Chromium
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    public static string? Path { get; } = (from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator)
                                          from name in Names
                                          let file = System.IO.Path.Combine(folder, name)
                                          where File.Exists(file)
                                          select file).FirstOrDefault();

    public static bool IsInstalled => Path is not null;
}
