// The kernels of a step of training, beside cuDNN and cuBLAS. Operations.java starts them and says what each computes.
//
// Sums are taken in an order that depends on the sizes alone, and nothing is added to by two threads: equal steps give equal bits.
// Compiled without fused multiply-add, so that arithmetic on floats gives the bits that Java gives. Most kernels wait for memory
// anyway; threads that lie side by side read what lies side by side.

typedef long long int64;

// The largest block that is started, and the longest chunk of a parameter: MOST_THREADS and CHUNK of Operations.java.
const int MOST_THREADS = 256;
const int CHUNK = 4096;

// ---- What they share

/** The number of this thread among those of all blocks. */
static __device__ int64 thread_number() {
  return (int64) blockIdx.x * blockDim.x + threadIdx.x;
}

struct Sum {
  static __device__ double of(double a, double b) { return a + b; }
};

struct Maximum {
  static __device__ double of(double a, double b) { return a > b ? a : b; }
};

/**
 * Combines a value of each thread of a block, and gives each thread the result.
 *
 * @param shared of MOST_THREADS; blockDim.x is a power of two
 */
template <typename Combine>
static __device__ double over_block(double value, double *shared) {
  int thread = threadIdx.x;
  shared[thread] = value;
  for (int half = blockDim.x / 2; half > 0; half /= 2) {
    __syncthreads();
    if (thread < half) {
      shared[thread] = Combine::of(shared[thread], shared[thread + half]);
    }
  }
  __syncthreads();
  double result = shared[0];
  __syncthreads(); // before anyone writes the next value
  return result;
}

// ---- Rows: one block for each

extern "C" __global__ void gather(const float *table, const int *ids, float *out, int width) {
  int id = ids[blockIdx.x];
  const float *from = table + (int64) id * width;
  float *to = out + (int64) blockIdx.x * width;
  for (int f = threadIdx.x; f < width; f += blockDim.x) {
    to[f] = id < 0 ? 0 : from[f];
  }
}

extern "C" __global__ void sum_rows(const float *from, const int *starts, const int *positions, float *out, int width) {
  int start = starts[blockIdx.x];
  int end = starts[blockIdx.x + 1];
  float *to = out + (int64) blockIdx.x * width;
  for (int f = threadIdx.x; f < width; f += blockDim.x) {
    float sum = 0;
    for (int k = start; k < end; k++) {
      sum += from[(int64) positions[k] * width + f];
    }
    to[f] = sum;
  }
}

extern "C" __global__ void columns(
    const float *from, int from_width, int from_at, float *to, int to_width, int to_at, int width, int steps, int batch,
    const int *lengths, int add) {
  int t = blockIdx.x / batch;
  int b = blockIdx.x % batch;
  bool valid = t < (lengths == nullptr ? steps : lengths[b]);
  if (add && !valid) {
    return;
  }
  from += (int64) blockIdx.x * from_width + from_at;
  to += (int64) blockIdx.x * to_width + to_at;
  for (int f = threadIdx.x; f < width; f += blockDim.x) {
    float value = valid ? from[f] : 0;
    to[f] = add ? to[f] + value : value;
  }
}

extern "C" __global__ void add_bias(float *z, const float *bias, int columns) {
  z += (int64) blockIdx.x * columns;
  for (int v = threadIdx.x; v < columns; v += blockDim.x) {
    z[v] += bias[v];
  }
}

extern "C" __global__ void forget(float *state, const int *lengths, int steps, int width) {
  if (lengths[blockIdx.x] < steps) {
    state += (int64) blockIdx.x * width;
    for (int f = threadIdx.x; f < width; f += blockDim.x) {
      state[f] = 0;
    }
  }
}

// ---- Softmax: one block for each row, small if the row is short

/** A row of logits and the sum of their exponentials, taken relative to the largest: no logit is too large. */
struct Row {
  const float *z;
  const float *bias;
  int columns;
  float largest;
  double sum;

  __device__ Row(const float *z, const float *bias, int columns, double *shared) : z(z), bias(bias), columns(columns) {
    double most = -INFINITY;
    for (int v = threadIdx.x; v < columns; v += blockDim.x) {
      most = Maximum::of(logit(v), most); // as it is, if the logit is not a number
    }
    largest = (float) over_block<Maximum>(most, shared);
    double part = 0;
    for (int v = threadIdx.x; v < columns; v += blockDim.x) {
      part += expf(logit(v) - largest);
    }
    sum = over_block<Sum>(part, shared);
  }

  __device__ float logit(int v) const { return z[v] + bias[v]; }

  __device__ float probability(int v, float inverse) const { return expf(logit(v) - largest) * inverse; }

  __device__ double log_sum() const { return largest + log(sum); }
};

extern "C" __global__ void softmax_loss(
    float *z, const float *bias, const int *classes, const float *weights, float *losses, int columns, double smoothing) {
  __shared__ double shared[MOST_THREADS];
  z += (int64) blockIdx.x * columns;
  float weight = weights == nullptr ? 1 : weights[blockIdx.x];
  if (weight == 0) {
    for (int v = threadIdx.x; v < columns; v += blockDim.x) {
      z[v] = 0;
    }
    if (threadIdx.x == 0) {
      losses[blockIdx.x] = 0;
    }
    return;
  }
  Row row(z, bias, columns, shared);
  int label = classes[blockIdx.x];
  double label_logit = row.logit(label);
  double logits = 0;
  if (smoothing > 0) {
    for (int v = threadIdx.x; v < columns; v += blockDim.x) {
      logits += row.logit(v);
    }
  }
  // Not without smoothing either: it waits for all who read the label's logit.
  logits = over_block<Sum>(logits, shared);
  float inverse = (float) (1 / row.sum);
  float share = (float) (smoothing / columns);
  for (int v = threadIdx.x; v < columns; v += blockDim.x) {
    float gradient = row.probability(v, inverse) - share;
    if (v == label) {
      gradient -= (float) (1 - smoothing);
    }
    z[v] = gradient * weight;
  }
  if (threadIdx.x == 0) {
    // -Σ y log p = log Σ exp z - Σ y z, which no probability near 0 can turn into infinity.
    double loss = row.log_sum() - (1 - smoothing) * label_logit;
    if (smoothing > 0) {
      loss -= smoothing / columns * logits;
    }
    losses[blockIdx.x] = (float) (weight * loss);
  }
}

extern "C" __global__ void softmax_shares(float *z, const float *bias, const float *shares, float *losses, int columns) {
  const double most = 23.02585092994046; // -log 1e-10, as Deeplearning4j clips probabilities
  __shared__ double shared[MOST_THREADS];
  z += (int64) blockIdx.x * columns;
  shares += (int64) blockIdx.x * columns;
  Row row(z, bias, columns, shared);
  double log_sum = row.log_sum();
  float inverse = (float) (1 / row.sum);
  double loss = 0;
  for (int v = threadIdx.x; v < columns; v += blockDim.x) {
    float share = shares[v];
    if (share != 0) {
      double surprise = log_sum - row.logit(v);
      loss += share * (surprise > most ? most : surprise);
    }
    z[v] = row.probability(v, inverse) - share;
  }
  loss = over_block<Sum>(loss, shared);
  if (threadIdx.x == 0) {
    losses[blockIdx.x] = (float) loss;
  }
}

// ---- Elements: one thread for each

static __device__ unsigned mix(unsigned x) {
  x ^= x >> 16;
  x *= 0x7feb352du;
  x ^= x >> 15;
  x *= 0x846ca68bu;
  x ^= x >> 16;
  return x;
}

extern "C" __global__ void dropout(const float *from, float *to, int length, int key0, int key1, int threshold, float factor) {
  int64 i = thread_number();
  if (i < length) {
    unsigned hash = mix(mix((unsigned) i ^ (unsigned) key0) + (unsigned) key1);
    bool kept = hash >> 1 >= (unsigned) threshold;
    to[i] = from[i] * (kept ? factor : 0); // and not 0: what is not a number stays so
  }
}

enum Kind { MAX, MEAN, LAST, FIRST, MIDDLE };

/** The one step that a summary takes. */
static __device__ int chosen(int kind, int length, double middle) {
  if (kind == MIDDLE) {
    int through = (int) ceil(middle * length);
    return through > 1 ? through - 1 : 0;
  }
  return kind == LAST ? length - 1 : 0;
}

/** An integer in the order of the floats, in which a positive not-a-number is the largest. */
static __device__ int ordered(float value) {
  int bits = __float_as_int(value);
  return bits ^ ((bits >> 31) & 0x7fffffff);
}

extern "C" __global__ void pool(
    const float *x, float *out, int out_width, int out_at, const int *lengths, int steps, int batch, int features, int kind,
    double middle, int *largest) {
  int64 step = (int64) batch * features;
  int64 i = thread_number();
  if (i >= step) {
    return;
  }
  int b = (int) (i / features);
  int length = lengths == nullptr ? steps : lengths[b];
  x += i;
  float result;
  if (kind == MAX) {
    int best = 0;
    result = x[0];
    for (int t = 1; t < length; t++) {
      float value = x[t * step];
      if (ordered(value) > ordered(result)) {
        result = value;
        best = t;
      }
    }
    largest[i] = best;
  } else if (kind == MEAN) {
    float share = 1.0f / length;
    result = 0;
    for (int t = 0; t < length; t++) {
      result += share * x[t * step];
    }
  } else {
    result = x[chosen(kind, length, middle) * step];
  }
  out[(int64) b * out_width + out_at + i % features] = result;
}

extern "C" __global__ void pool_back(
    const float *d_out, int out_width, int out_at, const int *lengths, int steps, int batch, int features, int kind, double middle,
    const int *largest, float *d_x) {
  int64 step = (int64) batch * features;
  int64 i = thread_number();
  if (i >= step) {
    return;
  }
  int b = (int) (i / features);
  int length = lengths == nullptr ? steps : lengths[b];
  float gradient = d_out[(int64) b * out_width + out_at + i % features];
  d_x += i;
  if (kind == MEAN) {
    float share = 1.0f / length;
    for (int t = 0; t < length; t++) {
      d_x[t * step] += share * gradient;
    }
  } else {
    d_x[(kind == MAX ? largest[i] : chosen(kind, length, middle)) * step] += gradient;
  }
}

// ---- Sums: one block for each chunk, then one for all

/** The sum of squares over a block, of every MOST_THREADS-th element by the same thread. */
static __device__ double sum_of_squares(const float *values, int length, double *shared) {
  double sum = 0;
  for (int i = threadIdx.x; i < length; i += blockDim.x) {
    double value = values[i];
    sum += value * value;
  }
  return over_block<Sum>(sum, shared);
}

extern "C" __global__ void squares(const float *gradient, const int *chunks, const int *included, double *partials) {
  __shared__ double shared[MOST_THREADS];
  const int *chunk = chunks + 3 * (int64) blockIdx.x;
  double sum = included[chunk[2]] == 0 ? 0 : sum_of_squares(gradient + chunk[0], chunk[1], shared);
  if (threadIdx.x == 0) {
    partials[blockIdx.x] = sum;
  }
}

extern "C" __global__ void squares_of(const float *values, int length, double *partials) {
  __shared__ double shared[MOST_THREADS];
  int64 start = (int64) blockIdx.x * CHUNK;
  int rest = (int) (length - start);
  double sum = sum_of_squares(values + start, rest < CHUNK ? rest : CHUNK, shared);
  if (threadIdx.x == 0) {
    partials[blockIdx.x] = sum;
  }
}

template <typename Number>
static __device__ void total_of(const Number *numbers, int count, double *result, double *shared) {
  double sum = 0;
  for (int i = threadIdx.x; i < count; i += blockDim.x) {
    sum += numbers[i];
  }
  sum = over_block<Sum>(sum, shared);
  if (threadIdx.x == 0) {
    *result = sum;
  }
}

extern "C" __global__ void total(const double *doubles, int count, double *result) {
  __shared__ double shared[MOST_THREADS];
  total_of(doubles, count, result, shared);
}

extern "C" __global__ void total_floats(const float *floats, int count, double *result) {
  __shared__ double shared[MOST_THREADS];
  total_of(floats, count, result, shared);
}

// ---- Adam: one block for each chunk, or for each row of a table

/** AdamRule.java, in its order of operations. */
struct Rule {
  float beta1;
  float beta2;
  float epsilon;
  float new1;
  float new2;
  float rate;
  float kept;

  __device__ Rule(float beta1, float beta2, float epsilon, float scale, const float *rule)
      : beta1(beta1),
        beta2(beta2),
        epsilon(epsilon),
        new1((1 - beta1) * scale),
        new2((1 - beta2) * scale * scale),
        rate(rule[0]),
        kept(rule[1]) {}

  __device__ void update(float *value, float gradient, float *mean, float *square) const {
    float m = beta1 * *mean + new1 * gradient;
    float v = beta2 * *square + new2 * (gradient * gradient);
    *mean = m;
    *square = v;
    *value = kept * *value - rate * m / (sqrtf(v) + epsilon);
  }
};

/**
 * What the gradient is multiplied by: scaled down to the limit of its norm, and divided. Not a number if its norm is not finite.
 *
 * @param shared where one thread leaves it for the others: arithmetic on doubles is slow on many cards
 */
static __device__ float scale_of(const double *sum, double clip, double divisor, float *shared) {
  if (threadIdx.x == 0) {
    double norm = sqrt(*sum) / divisor;
    double clipped = clip > 0 && norm > clip ? clip / norm : 1;
    *shared = isfinite(norm) ? (float) (clipped / divisor) : NAN;
  }
  __syncthreads();
  return *shared;
}

extern "C" __global__ void adam(
    float *values, const float *gradient, float *mean, float *square, const int *chunks, const float *rules, const double *sum,
    float beta1, float beta2, float epsilon, double clip, double divisor) {
  __shared__ float shared;
  float scale = scale_of(sum, clip, divisor, &shared);
  if (isnan(scale)) {
    return;
  }
  const int *chunk = chunks + 3 * (int64) blockIdx.x;
  Rule rule(beta1, beta2, epsilon, scale, rules + 2 * chunk[2]);
  int64 start = chunk[0];
  for (int i = threadIdx.x; i < chunk[1]; i += blockDim.x) {
    rule.update(values + start + i, gradient[start + i], mean + start + i, square + start + i);
  }
}

extern "C" __global__ void adam_rows(
    float *values, const float *gradient, float *mean, float *square, const int *rows, int width, const float *rules, int parameter,
    const double *sum, float beta1, float beta2, float epsilon, double clip, double divisor) {
  __shared__ float shared;
  float scale = scale_of(sum, clip, divisor, &shared);
  if (isnan(scale)) {
    return;
  }
  Rule rule(beta1, beta2, epsilon, scale, rules + 2 * parameter);
  gradient += (int64) blockIdx.x * width;
  int64 start = (int64) rows[blockIdx.x] * width;
  for (int f = threadIdx.x; f < width; f += blockDim.x) {
    int64 i = start + f;
    rule.update(values + i, gradient[f], mean + i, square + i);
  }
}

// ---- A convolution over the characters of words: one block for each word

extern "C" __global__ void convolve_words(
    const float *table, const int *characters, const int *starts, const float *bias, float *out, int *largest, int filters,
    int window) {
  int start = starts[blockIdx.x];
  int length = starts[blockIdx.x + 1] - start;
  characters += start;
  int64 word = (int64) blockIdx.x * filters;
  for (int f = threadIdx.x; f < filters; f += blockDim.x) {
    float best = -INFINITY;
    int best_centre = 0;
    for (int centre = 0; centre < length; centre++) {
      float response = 0;
      for (int place = 0; place < window; place++) {
        int at = centre + place - (window - 1) / 2;
        if (at >= 0 && at < length) {
          response += table[((int64) characters[at] * window + place) * filters + f];
        }
      }
      if (response > best) {
        best = response;
        best_centre = centre;
      }
    }
    out[word + f] = length == 0 ? 0 : tanhf(best + bias[f]);
    largest[word + f] = best_centre;
  }
}

extern "C" __global__ void convolve_words_back(
    const float *out, const float *d_out, const int *largest, const int *starts, float *d_responses, int filters) {
  int start = starts[blockIdx.x];
  int length = starts[blockIdx.x + 1] - start;
  int64 word = (int64) blockIdx.x * filters;
  for (int f = threadIdx.x; f < filters; f += blockDim.x) {
    float value = out[word + f];
    float gradient = d_out[word + f] * (1 - value * value);
    for (int centre = 0; centre < length; centre++) {
      d_responses[((int64) start + centre) * filters + f] = centre == largest[word + f] ? gradient : 0;
    }
  }
}
