namespace Monolith.Kernel;

public static class Clock
{
    extension(TimeProvider time)
    {
        /// <summary>Now, in UTC and to the microsecond: finer times would change when the database has stored them.</summary>
        public DateTimeOffset BusinessNow() => time.GetUtcNow().ToMicroseconds();
    }

    extension(DateTimeOffset at)
    {
        /// <summary>The same moment in UTC, without what is finer than a microsecond.</summary>
        public DateTimeOffset ToMicroseconds() =>
            new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
    }
}
