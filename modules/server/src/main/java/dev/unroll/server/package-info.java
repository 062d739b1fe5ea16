/**
 * Serves models over HTTP, and a page to try them in. What keeps it standing:
 *
 * <pre>
 *   connection  {@link dev.unroll.server.SlowHeads}   a head that drips is cut off
 *   request     {@link dev.unroll.server.Guard}       host, origin, token; headers of every answer
 *               {@link dev.unroll.server.Router}      which route
 *               {@link dev.unroll.server.Body}        bytes and time are bounded; no thread waits
 *   call        {@link dev.unroll.server.Calls}       JSON to items; characters and items are bounded
 *   work        {@link dev.unroll.server.Workers}     as many threads as processors, one bounded queue, batches of what waits
 *               {@link dev.unroll.server.Writers}     texts that are written piece by piece
 *   model       {@link dev.unroll.server.Slot}        loaded and tried beside, then exchanged
 * </pre>
 *
 * <p>The tasks are found as services ({@link dev.unroll.serving.TaskService}); no class here knows
 * one of them.
 */
package dev.unroll.server;
