using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Monolith.Kernel.Reading;
using Shouldly;
using Xunit;

namespace Monolith.Unit.Kernel;

public class EventStreamTests
{
    [Fact]
    public async Task A_stream_ends_when_its_client_has_to_say_again_who_it_is()
    {
        var clock = new AlarmClock();
        var http = new DefaultHttpContext { RequestServices = new ServiceCollection().AddSingleton<TimeProvider>(clock).BuildServiceProvider() };
        var sent = new MemoryStream();
        http.Response.Body = sent;
        var stream = new EventStreamResult(OneThenNothing, CancellationToken.None).ExecuteAsync(http);
        stream.IsCompleted.ShouldBeFalse();

        clock.Ring(EventStreamResult.Longest);

        await stream.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Encoding.UTF8.GetString(sent.ToArray()).ShouldBe("retry: 1000\n\ndata: 1\n\n");
    }

    private static async IAsyncEnumerable<string> OneThenNothing([EnumeratorCancellation] CancellationToken cancellation)
    {
        yield return "data: 1\n\n";
        await new TaskCompletionSource().Task.WaitAsync(cancellation);
    }
}
