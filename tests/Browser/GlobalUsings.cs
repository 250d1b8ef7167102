global using Monolith.Browser.Infrastructure;
global using Monolith.Cluster.Infrastructure;
global using Monolith.Scenarios.Infrastructure;
global using Shouldly;
global using Xunit;
global using static Monolith.Cluster.Infrastructure.Waiting;
