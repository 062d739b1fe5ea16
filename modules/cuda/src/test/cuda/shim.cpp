// Compiles kernels.cu, as it is, for the CPU, and starts its kernels from Java.
//
// The threads of a block are fibers that run one after the other, each up to the next barrier, in an order that is drawn anew for each
// stretch between barriers; so are the blocks. Shared memory is full of garbage when a block begins. What a barrier is missing for is
// so read too early or overwritten too soon. A barrier that not all threads reach, or not the same, is an error.
//
//   g++ -DKERNELS='KERNEL(gather) KERNEL(sum_rows) …'…    the names by the numbers that Java gives them

#include <csetjmp>
#include <cstdlib>
#include <cstring>
#include <math.h>
#include <ucontext.h>
#include <utility>

#define __global__
#define __device__
#define __shared__ static __attribute__((section("shared_memory")))
#define __syncthreads() wait_at(__LINE__)

struct Index {
  unsigned x;
};

static Index blockIdx;
static Index blockDim;
static Index threadIdx;

static void wait_at(int line);

static inline int __float_as_int(float value) {
  int bits;
  memcpy(&bits, &value, sizeof bits);
  return bits;
}

#include "kernels.cu"

// ---- Fibers

static const size_t STACK = 64 << 10;
static const int ENDED = -1;

struct Fiber {
  ucontext_t context; // where it begins
  jmp_buf place;      // where it goes on: contexts are switched by system calls, of which there would be millions
  bool begun;
  int line; // of the barrier that it waits at
};

static jmp_buf scheduler;
static Fiber fibers[MOST_THREADS];
static char *stacks;
static void (*body)(void **);
static void **body_parameters;

static void wait_at(int line) {
  Fiber &fiber = fibers[threadIdx.x];
  fiber.line = line;
  if (_setjmp(fiber.place) == 0) {
    _longjmp(scheduler, 1);
  }
}

static void run_thread() {
  body(body_parameters);
  fibers[threadIdx.x].line = ENDED;
  _longjmp(scheduler, 1);
}

/** Lets a thread go on to its next barrier, or its end. */
static __attribute__((noinline)) void go_on(Fiber &fiber) {
  if (_setjmp(scheduler) != 0) {
    return;
  }
  if (fiber.begun) {
    _longjmp(fiber.place, 1);
  }
  fiber.begun = true;
  setcontext(&fiber.context);
}

/** The same numbers in each run (Marsaglia's xorshift). */
static unsigned draw(unsigned below) {
  static unsigned state = 2463534242u;
  state ^= state << 13;
  state ^= state >> 17;
  state ^= state << 5;
  return state % below;
}

static void shuffle(int *order, int count) {
  for (int i = count - 1; i > 0; i--) {
    std::swap(order[i], order[draw(i + 1)]);
  }
}

extern "C" char __start_shared_memory[] __attribute__((visibility("hidden")));
extern "C" char __stop_shared_memory[] __attribute__((visibility("hidden")));

/** Whether all threads came to the same barriers. */
static bool run_block() {
  memset(__start_shared_memory, 0xff, __stop_shared_memory - __start_shared_memory);
  int threads = blockDim.x;
  int order[MOST_THREADS];
  for (int i = 0; i < threads; i++) {
    order[i] = i;
    if (fibers[i].context.uc_stack.ss_sp == nullptr) {
      getcontext(&fibers[i].context);
    }
    fibers[i].context.uc_stack.ss_sp = stacks + i * STACK;
    fibers[i].context.uc_stack.ss_size = STACK;
    fibers[i].begun = false;
    makecontext(&fibers[i].context, run_thread, 0);
  }
  do {
    shuffle(order, threads);
    for (int i = 0; i < threads; i++) {
      threadIdx.x = order[i];
      go_on(fibers[order[i]]);
    }
    for (int i = 1; i < threads; i++) {
      if (fibers[i].line != fibers[0].line) {
        return false;
      }
    }
  } while (fibers[0].line != ENDED);
  return true;
}

// ---- Kernels by number

/** KernelArguments.Kind from 1 on, by octal digits, the first argument lowest. */
template <typename T> struct KindOf;
template <typename T> struct KindOf<T *> { static const long long value = 1; };
template <> struct KindOf<int> { static const long long value = 2; };
template <> struct KindOf<float> { static const long long value = 3; };
template <> struct KindOf<double> { static const long long value = 4; };

template <typename... A> static constexpr long long kinds_of(void (*)(A...)) {
  long long kinds = 0;
  int shift = 0;
  ((kinds |= KindOf<A>::value << shift, shift += 3), ...);
  return kinds;
}

template <typename... A, size_t... I> static void call(void (*kernel)(A...), void **parameters, std::index_sequence<I...>) {
  kernel(*(A *) parameters[I]...);
}

template <typename... A> static constexpr std::index_sequence_for<A...> places_of(void (*)(A...)) { return {}; }

template <auto kernel> static void call_with(void **parameters) { call(kernel, parameters, places_of(kernel)); }

struct Entry {
  void (*body)(void **);
  long long kinds;
};

#define KERNEL(name) {call_with<name>, kinds_of(name)},
static const Entry entries[] = {KERNELS};

/** Takes what cuLaunchKernel takes. Gives 0, or 1 if the kernel takes other arguments or fewer threads, or 2 if its threads part at a barrier. */
extern "C" __attribute__((visibility("default"))) int Java_dev_unroll_training_cuda_KernelShim_launch(
    void *, void *, int kernel, int blocks, int threads, long long parameters, long long kinds) {
  const Entry &entry = entries[kernel];
  if (kinds != entry.kinds || threads > MOST_THREADS) {
    return 1;
  }
  if (stacks == nullptr) {
    stacks = (char *) malloc(MOST_THREADS * STACK);
  }
  body = entry.body;
  body_parameters = (void **) parameters;
  blockDim.x = threads;
  int *order = (int *) malloc(blocks * sizeof(int));
  for (int i = 0; i < blocks; i++) {
    order[i] = i;
  }
  shuffle(order, blocks);
  bool together = true;
  for (int i = 0; i < blocks && together; i++) {
    blockIdx.x = order[i];
    together = run_block();
  }
  free(order);
  return together ? 0 : 2;
}
