/*
 * A graphics processor that is not there: loaded before CUDA's own libraries, it answers what libtorch_cuda asks of them. Its memory is the host's, copies are made, nothing is ever calculated, and all of it is counted. What libtorch does
 * on the host is libtorch's own: which kernels there are for a type, that tensors lie on one device, what is waited for.
 *
 *     cc -shared -fPIC -O1 -w -Wl,-soname,libcuda.so.1 -o libcudart.so.0 runtime.c
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* CUDA 13's types, as far as they pass through here: where a number lies in a structure, and how large that is. */
typedef int cudaError_t;
typedef void *cudaStream_t, *cudaEvent_t;
typedef struct { unsigned x, y, z; } dim3;
#define CUDART_VERSION 13000
#define cudaSuccess 0
#define PUT(structure, at, type, value) (*(type *)((char *)(structure) + (at)) = (value))
enum { PROPERTIES = 1008, ATTRIBUTES = 144, POINTER = 88 };

enum { LAUNCHES, LOCKED, PAGEABLE, BACK, WITHIN, WAITS, ALLOCATIONS, PRODUCTS, COUNTS };
static long counts[COUNTS];

/* What has happened since the last call: as many numbers as there are names in `counted` of fake-cuda.fixture.ts (packages/tfjs-backend-torch). */
void fake_cuda_take(long *out) {
  memcpy(out, counts, sizeof counts);
  memset(counts, 0, sizeof counts);
}

/* Where memory begins and ends, and whether it is page-locked memory of the host's. */
static struct { char *start; size_t size; int locked; } blocks[1 << 16];
static int used;

static void *allocate(size_t size, int locked) {
  void *start = aligned_alloc(512, (size + 511) / 512 * 512);
  memset(start, 0, (size + 511) / 512 * 512);
  for (int i = 0; i <= used; i++)
    if (blocks[i].start == NULL) {
      blocks[i].start = start, blocks[i].size = size, blocks[i].locked = locked;
      if (i == used) used++;
      break;
    }
  return start;
}

static void release(void *start) {
  for (int i = 0; i < used; i++)
    if (blocks[i].start == start) blocks[i].start = NULL;
  free(start);
}

/* 0: not ours; 1: the processor's; 2: page-locked. */
static int kind_of(const void *at) {
  for (int i = 0; i < used; i++)
    if (blocks[i].start != NULL && (char *)at >= blocks[i].start && (char *)at < blocks[i].start + blocks[i].size)
      return 1 + blocks[i].locked;
  return 0;
}

static cudaError_t copied(void *to, const void *from, size_t size) {
  int a = kind_of(to), b = kind_of(from);
  memcpy(to, from, size);
  if (a == 1 && b == 1) counts[WITHIN]++;
  else if (a == 1) counts[b == 2 ? LOCKED : PAGEABLE]++;
  else if (b == 1) counts[BACK]++;
  return cudaSuccess;
}

cudaError_t cudaGetDeviceCount(int *n) { return *n = 1, cudaSuccess; }
cudaError_t cudaGetDevice(int *n) { return *n = 0, cudaSuccess; }
cudaError_t cudaSetDevice(int n) { return n == 0 ? cudaSuccess : 101; }
cudaError_t cudaDriverGetVersion(int *n) { return *n = CUDART_VERSION, cudaSuccess; }
cudaError_t cudaGetLastError(void) { return cudaSuccess; }
cudaError_t cudaPeekAtLastError(void) { return cudaSuccess; }
const char *cudaGetErrorString(cudaError_t e) { return e == cudaSuccess ? "no error" : "an error"; }
const char *cudaGetErrorName(cudaError_t e) { return e == cudaSuccess ? "cudaSuccess" : "cudaErrorUnknown"; }
cudaError_t cudaRuntimeGetVersion(int *n) { return *n = CUDART_VERSION, cudaSuccess; }

/* The numbers of an H100, as far as a launch is planned with them. */
cudaError_t cudaGetDeviceProperties(void *p, int device) {
  memset(p, 0, PROPERTIES);
  strcpy(p, "a processor that is not there");
  PUT(p, 288, size_t, 80ull << 30);                                                          /* totalGlobalMem */
  PUT(p, 296, size_t, 49152), PUT(p, 624, size_t, 233472), PUT(p, 672, size_t, 232448);      /* shared memory: block, processor, opted for */
  PUT(p, 304, int, 65536), PUT(p, 632, int, 65536);                                          /* registers: block, processor */
  PUT(p, 308, int, 32), PUT(p, 320, int, 1024), PUT(p, 604, int, 2048), PUT(p, 688, int, 32); /* warp; threads: block, processor; blocks */
  PUT(p, 324, int, 1024), PUT(p, 328, int, 1024), PUT(p, 332, int, 64);                      /* maxThreadsDim */
  PUT(p, 336, int, 2147483647), PUT(p, 340, int, 65535), PUT(p, 344, int, 65535);            /* maxGridSize */
  PUT(p, 360, int, 9), PUT(p, 364, int, 0), PUT(p, 384, int, 132), PUT(p, 596, int, 50 << 20); /* major, minor, processors, cache */
  PUT(p, 368, size_t, 512);                                                                  /* textureAlignment */
  return cudaSuccess;
}

cudaError_t cudaDeviceGetAttribute(int *value, int which, int device) {
  switch (which) {
    case 1: *value = 1024; break;                 /* threads of a block */
    case 5: *value = 2147483647; break;           /* blocks of a grid */
    case 6: case 7: *value = 65535; break;
    case 8: *value = 49152; break;                /* shared memory of a block */
    case 10: *value = 32; break;                  /* threads of a warp */
    case 16: *value = 132; break;                 /* processors */
    case 39: *value = 2048; break;                /* threads of a processor */
    case 75: *value = 9; break;                   /* compute capability */
    case 97: *value = 232448; break;              /* shared memory, opted for */
    default: *value = 0;
  }
  return cudaSuccess;
}

cudaError_t cudaMemGetInfo(size_t *unused, size_t *all) { return *unused = *all = 80ull << 30, cudaSuccess; }
cudaError_t cudaMalloc(void **at, size_t size) { return counts[ALLOCATIONS]++, *at = allocate(size, 0), cudaSuccess; }
cudaError_t cudaFree(void *at) { return release(at), cudaSuccess; }
cudaError_t cudaHostAlloc(void **at, size_t size, unsigned flags) { return *at = allocate(size, 1), cudaSuccess; }
cudaError_t cudaMallocHost(void **at, size_t size) { return *at = allocate(size, 1), cudaSuccess; }
cudaError_t cudaFreeHost(void *at) { return release(at), cudaSuccess; }

cudaError_t cudaPointerGetAttributes(void *a, const void *at) {
  int kind = kind_of(at);
  memset(a, 0, POINTER);
  PUT(a, 0, int, kind == 1 ? 2 : kind == 2 ? 1 : 0); /* device, host, neither */
  PUT(a, 8, const void *, kind ? at : NULL), PUT(a, 16, const void *, kind == 2 ? at : NULL);
  return cudaSuccess;
}

cudaError_t cudaMemcpyAsync(void *to, const void *from, size_t n, int k, cudaStream_t s) {
  return copied(to, from, n);
}
cudaError_t cudaMemcpy(void *to, const void *from, size_t n, int k) {
  return counts[WAITS]++, copied(to, from, n);
}
cudaError_t cudaMemcpy2DAsync(void *to, size_t tp, const void *from, size_t fp, size_t width, size_t height,
                              int k, cudaStream_t s) {
  for (size_t row = 0; row < height; row++) copied((char *)to + row * tp, (char *)from + row * fp, width);
  return cudaSuccess;
}
cudaError_t cudaMemset(void *at, int value, size_t n) { return memset(at, value, n), cudaSuccess; }
cudaError_t cudaMemsetAsync(void *at, int value, size_t n, cudaStream_t s) { return memset(at, value, n), cudaSuccess; }

cudaError_t cudaStreamSynchronize(cudaStream_t s) { return counts[WAITS]++, cudaSuccess; }
cudaError_t cudaDeviceSynchronize(void) { return counts[WAITS]++, cudaSuccess; }
cudaError_t cudaEventSynchronize(cudaEvent_t e) { return counts[WAITS]++, cudaSuccess; }
cudaError_t cudaStreamQuery(cudaStream_t s) { return cudaSuccess; }
cudaError_t cudaStreamWaitEvent(cudaStream_t s, cudaEvent_t e, unsigned f) { return cudaSuccess; }
static cudaError_t made(void **out) { static intptr_t next = 4096; return *out = (void *)(next += 64), cudaSuccess; }
cudaError_t cudaStreamCreateWithPriority(cudaStream_t *s, unsigned f, int p) { return made((void **)s); }
cudaError_t cudaStreamCreateWithFlags(cudaStream_t *s, unsigned f) { return made((void **)s); }
cudaError_t cudaStreamIsCapturing(cudaStream_t s, int *status) { return *status = 0; }
cudaError_t cudaStreamGetCaptureInfo(cudaStream_t s, int *status, uint64_t *id, void **g, void **d, void **e, size_t *n) {
  return *status = 0;
}
cudaError_t cudaThreadExchangeStreamCaptureMode(int *mode) { return cudaSuccess; }
cudaError_t cudaDeviceGetStreamPriorityRange(int *least, int *most) { return *least = 0, *most = -5, cudaSuccess; }
cudaError_t cudaEventCreate(cudaEvent_t *e) { return made((void **)e); }
cudaError_t cudaEventCreateWithFlags(cudaEvent_t *e, unsigned f) { return made((void **)e); }
cudaError_t cudaEventRecord(cudaEvent_t e, cudaStream_t s) { return cudaSuccess; }
cudaError_t cudaEventRecordWithFlags(cudaEvent_t e, cudaStream_t s, unsigned f) { return cudaSuccess; }
cudaError_t cudaEventQuery(cudaEvent_t e) { return cudaSuccess; }
cudaError_t cudaEventDestroy(cudaEvent_t e) { return cudaSuccess; }

static cudaError_t launched(void) { return counts[LAUNCHES]++, cudaSuccess; }
cudaError_t cudaLaunchKernel(const void *f, dim3 g, dim3 b, void **a, size_t m, cudaStream_t s) { return launched(); }
cudaError_t __cudaLaunchKernel(void *f, dim3 g, dim3 b, void **a, size_t m, cudaStream_t s) { return launched(); }
cudaError_t cudaLaunchKernelExC(const void *c, const void *f, void **a) { return launched(); }
cudaError_t cudaLaunchCooperativeKernel(const void *f, dim3 g, dim3 b, void **a, size_t m, cudaStream_t s) {
  return launched();
}
cudaError_t __cudaGetKernel(void **kernel, const void *f) { return *kernel = (void *)f, cudaSuccess; }
cudaError_t cudaFuncGetAttributes(void *a, const void *f) {
  memset(a, 0, ATTRIBUTES);
  PUT(a, 24, int, 1024), PUT(a, 28, int, 32), PUT(a, 32, int, 90), PUT(a, 36, int, 90); /* threads, registers, versions */
  PUT(a, 44, int, 49152);                                                               /* shared memory */
  return cudaSuccess;
}
cudaError_t cudaFuncSetAttribute(const void *f, int a, int v) { return cudaSuccess; }
cudaError_t cudaOccupancyMaxActiveBlocksPerMultiprocessor(int *n, const void *f, int b, size_t m) {
  return *n = 2, cudaSuccess;
}
cudaError_t cudaOccupancyMaxActiveBlocksPerMultiprocessorWithFlags(int *n, const void *f, int b, size_t m, unsigned g) {
  return *n = 2, cudaSuccess;
}

/* cuBLAS, cuFFT and cuSOLVER: handles that are none, and products that are not calculated. */
#define FINE(name) int name(void) { return 0; }
#define PRODUCT(name) int name(void) { return counts[PRODUCTS]++, 0; }
int cublasCreate_v2(void **handle) { return made(handle), 0; }
FINE(cublasDestroy_v2) FINE(cublasSetStream_v2) FINE(cublasSetWorkspace_v2) FINE(cublasSetMathMode)
FINE(cublasSetPointerMode_v2) FINE(cublasSetSmCountTarget)
int cublasGetMathMode(void *handle, int *mode) { return *mode = 0; }
int cublasGetPointerMode_v2(void *handle, int *mode) { return *mode = 0; }
PRODUCT(cublasSgemm_v2) PRODUCT(cublasDgemm_v2) PRODUCT(cublasCgemm_v2) PRODUCT(cublasZgemm_v2) PRODUCT(cublasSgemmEx)
PRODUCT(cublasGemmEx) PRODUCT(cublasGemmStridedBatchedEx) PRODUCT(cublasSgemmStridedBatched) PRODUCT(cublasDgemmStridedBatched)
PRODUCT(cublasCgemmStridedBatched) PRODUCT(cublasZgemmStridedBatched) PRODUCT(cublasSgemv_v2) PRODUCT(cublasDgemv_v2)
PRODUCT(cublasCgemv_v2) PRODUCT(cublasZgemv_v2) PRODUCT(cublasSdot_v2) PRODUCT(cublasDdot_v2) PRODUCT(cublasDotEx)
PRODUCT(cublasLtMatmul)
int cublasLtMatmulDescCreate(void **out) { return made(out), 0; }
int cublasLtMatrixLayoutCreate(void **out) { return made(out), 0; }
int cublasLtMatmulPreferenceCreate(void **out) { return made(out), 0; }
FINE(cublasLtMatmulDescDestroy) FINE(cublasLtMatmulDescSetAttribute) FINE(cublasLtMatmulPreferenceDestroy)
FINE(cublasLtMatmulPreferenceSetAttribute) FINE(cublasLtMatrixLayoutDestroy) FINE(cublasLtMatrixLayoutSetAttribute)
int cublasLtMatmulAlgoGetHeuristic(void *h, void *d, void *a, void *b, void *c, void *e, void *p, int asked, void *results,
                                   int *found) {
  memset(results, 0, 96);
  return *found = 1, 0;
}
int cufftCreate(int *plan) { return *plan = 1, 0; }
int cufftXtMakePlanMany(int p, int r, long long *n, long long *e, long long s, long long d, int t, long long *oe, long long os,
                        long long od, int ot, long long b, size_t *size, int et) {
  return *size = 0, 0;
}
FINE(cufftDestroy) FINE(cufftSetAutoAllocation) FINE(cufftSetStream) FINE(cufftSetWorkArea)
PRODUCT(cufftXtExec)

/* The driver, as far as libtorch asks it itself. */
int cuDevicePrimaryCtxGetState(int device, unsigned *flags, int *active) { return *flags = 0, *active = 1, 0; }
int cuPointerGetAttribute(void *out, int which, uintptr_t at) { return *(uintptr_t *)out = 0, 0; }
int cuCtxGetCurrent(void **out) { return *out = (void *)64, 0; }
int cuCtxSetCurrent(void *context) { return 0; }
int cuDevicePrimaryCtxRetain(void **out, int device) { return *out = (void *)64, 0; }
int cuModuleLoadData(void **out, const void *image) { return made(out); }
int cuModuleLoadDataEx(void **out, const void *image) { return made(out); }
int cuModuleGetFunction(void **out, void *module, const char *name) { return made(out); }
int cuOccupancyMaxActiveBlocksPerMultiprocessor(int *n, void *f, int b, size_t m) { return *n = 2, 0; }
int cuGetErrorString(int e, const char **out) { return *out = "an error", 0; }
int cuLaunchKernel(void *f) { return launched(); }
int cuFuncGetAttribute(int *out, int which, void *f) { return *out = 32, 0; }
FINE(cuFuncSetAttribute) FINE(cuModuleUnload)
