using System.Reflection;
using Monolith.Catalog;
using Monolith.Operations;
using Monolith.Ordering;

namespace Monolith.Host.Hosting;

/// <summary>The modules of this process. A new module is added here and nowhere else in the Host.</summary>
internal static class Modules
{
    public static IReadOnlyList<Assembly> Assemblies { get; } =
        [typeof(CatalogModule).Assembly, typeof(OrderingModule).Assembly, typeof(OperationsModule).Assembly];

    public static void AddModules(this IHostApplicationBuilder builder) => builder.Services
        .AddCatalog()
        .AddOrdering()
        .AddOperations();
}
