global using Monolith.Scenarios.Infrastructure;
global using Shouldly;
global using Xunit;
