using System.Security.Cryptography;

namespace Monolith.Host.Hosting;

/// <summary>
/// In Development, a secret that signs webhooks and is not configured is made and kept in a file that only its owner may read, so that
/// tools on the same machine can sign with it.
/// </summary>
internal static class DevelopmentSecrets
{
    private const string Setting = "Payments:Webhook:Secrets";
    private const string File = "webhook-secret";
    private const int Length = 32;

    public static void AddDevelopmentSecrets(this IHostApplicationBuilder builder)
    {
        if (builder.Environment.IsDevelopment() && !builder.Configuration.GetSection(Setting).GetChildren().Any())
        {
            builder.Configuration[$"{Setting}:0"] = Keep(LocalFolder.Of(builder.Environment));
        }
    }

    /// <summary>The secret in the folder, made if there is none. Of two programs that start at once both get the same.</summary>
    private static string Keep(string folder)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, File);
        if (!System.IO.File.Exists(path))
        {
            var draft = Path.Combine(folder, $"{File}-{Environment.ProcessId}");
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using (var writer = new StreamWriter(draft, options))
            {
                writer.Write($"whsec_{Convert.ToBase64String(RandomNumberGenerator.GetBytes(Length))}");
            }

            Publish(draft, path);
        }

        return System.IO.File.ReadAllText(path).Trim();
    }

    private static void Publish(string draft, string path)
    {
        try
        {
            System.IO.File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (System.IO.File.Exists(path))
        {
            System.IO.File.Delete(draft);
        }
    }
}
