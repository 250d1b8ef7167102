using System.Reflection;
using Monolith.Catalog;
using Monolith.Insights;
using Monolith.Inventory;
using Monolith.Kernel.Access;
using Monolith.Operations;
using Monolith.Ordering;
using Monolith.Payments;
using Monolith.Shipping;

namespace Monolith.Host.Hosting;

/// <summary>
/// The modules of this process. A new module is added here and nowhere else in the Host. One that no other needs can be left out by the
/// setting <c>Modules:{name}=false</c>.
/// </summary>
internal static class Modules
{
    private sealed record Module(
        Assembly Assembly, Func<IServiceCollection, IServiceCollection> Add, Func<IApplicationBuilder, IApplicationBuilder>? Use = null,
        Func<IReadOnlyList<string>, IServiceProvider, Task<int?>>? Command = null)
    {
        private const string Prefix = "Monolith.";

        public string Name => Assembly.GetName().Name![Prefix.Length..];
    }

    private static readonly Module[] All =
    [
        new(typeof(CatalogModule).Assembly, services => services.AddCatalog()),
        new(typeof(InventoryModule).Assembly, services => services.AddInventory()),
        new(typeof(OrderingModule).Assembly, services => services.AddOrdering()),
        new(typeof(PaymentsModule).Assembly, services => services.AddPayments()),
        new(typeof(ShippingModule).Assembly, services => services.AddShipping()),
        new(typeof(InsightsModule).Assembly, services => services.AddInsights()),
        new(typeof(OperationsModule).Assembly, services => services.AddOperations(), app => app.UseOperations(), (arguments, services) => OperationsModule.RunOperationsCommand(arguments, services)),
    ];

    public static IReadOnlyList<Assembly> Assemblies { get; } = [.. All.Select(module => module.Assembly)];

    /// <summary>Those that are not left out.</summary>
    public static IEnumerable<Assembly> AssembliesOf(IConfiguration configuration) => In(configuration).Select(module => module.Assembly);

    public static void AddModules(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Masks>();
        foreach (var module in In(builder.Configuration))
        {
            module.Add(builder.Services);
        }
    }

    /// <summary>What modules do with every request, once it is known who sends it and before it is judged whether they may.</summary>
    public static void UseModules(this WebApplication app)
    {
        foreach (var module in In(app.Configuration))
        {
            module.Use?.Invoke(app);
        }
    }

    /// <summary>Runs a command that a module has on the command line, instead of the application.</summary>
    /// <returns>Null when no module knows it; then the exit code.</returns>
    public static async Task<int?> RunCommand(WebApplication app, IReadOnlyList<string> arguments)
    {
        foreach (var module in In(app.Configuration).Where(module => module.Command is not null))
        {
            if (await module.Command!(arguments, app.Services) is { } code)
            {
                return code;
            }
        }

        return null;
    }

    private static IEnumerable<Module> In(IConfiguration configuration) =>
        All.Where(module => configuration.GetValue($"Modules:{module.Name}", defaultValue: true));
}
