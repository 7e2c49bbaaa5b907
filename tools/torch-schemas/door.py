"""Which ATen operators the door opens on: functional ones that libtorch's C interface can pass and that compute on the CPU."""

import re

ENCODABLE = re.compile(r'(Tensor|int|bool|float|str|ScalarType|MemoryFormat|Layout|Device)\??(\[\d*\]\??)?$')

# Families that are left out, by the start or the whole of their names.
LEFT_OUT = {
    'private, promised by nobody': r'_.*',
    'memory by invented strides, or never written': r'as_strided.*|.*empty.*',
    'twins of the views': r'.*_copy',
    'results that are no dense tensors': r'.*sparse.*|coalesce|(to_)?dense.*|to_dense.*|(crow_|col_|ccol_|row_)?indices|values|smm|nested_.*'
    r'|.*mkldnn.*|.*quantize.*|fbgemm_.*|choose_qparams.*|flatten_dense_tensors|unflatten_dense_tensors',
    'random numbers of a stream that is not ours': r'rand.*|native_dropout|(feature_|alpha_|feature_alpha_)?dropout',
    'numbers that wait to be conjugated or negated, and half precision': r'conj|mH|adjoint|matrix_H|resolve_.*|chalf',
    'recurrent networks, whose weights are packed': r'(lstm|gru|rnn_tanh|rnn_relu)(_cell)?',
    'gradients that believe the sizes and places they are given (but see KEPT)': r'.*_backward',
    'places that they believe': r'ctc_loss|embedding_bag|(linalg_)?lu_solve|linalg_ldl_solve|lu_unpack',
    'running averages changed in place': r'(native_)?batch_norm|instance_norm',
    'what is for PyTorch itself': r'.*_overrideable|lift.*|alias|detach|data|pin_memory|contiguous|to|type_as|copy|set|is_.*|infinitely_.*|.*_jvp|view|slice_inverse'
    r'|batch_norm_update_stats|thnn_conv2d|slow_conv.*',
}
# Gradients element by element, those that compare sizes themselves, and those whose sizes native/preconditions.ts compares.
KEPT = re.compile(
    r'to\.dtype|(gelu|silu|mish|sigmoid|tanh|logit|hardsigmoid|hardswish|upsample_\w+|grid_sampler_[23]d|convolution)_backward')


def on_cpu(entry, all_entries):
    """Whether a kernel for the CPU, or one for all devices, is registered."""
    dispatch = all_entries[entry.get('structured_delegate', entry['func'].split('(')[0])].get('dispatch')
    keys = {key.strip() for names in dispatch or {} for key in names.split(',')}
    return not dispatch or bool(keys & {'CPU', 'CompositeImplicitAutograd', 'CompositeExplicitAutograd',
                                        'CompositeExplicitAutogradNonFunctional'})


def belongs_in_door(name, all_entries):
    entry = all_entries[name]
    func = entry['func']
    if '!' in func or not on_cpu(entry, all_entries):
        return False
    base = name.split('.')[0]
    if not KEPT.fullmatch(name) and any(re.fullmatch(pattern, base) for pattern in LEFT_OUT.values()):
        return False
    plain = re.sub(r'\([a-z*](?:\||[a-z!]|\*| |->)*\)', '', func).replace('SymInt', 'int')
    takes, gives = re.fullmatch(r'[\w.]+\((.*)\) -> (.*)', plain).groups()
    types = [item.split(' ')[0] for item in re.split(r', (?![^\[]*\])', takes) if item not in ('', '*')]
    results = [item.split(' ')[0] for item in gives.strip('()').split(', ')]
    return (
        all(ENCODABLE.match(kind) for kind in types)
        and any(kind.startswith('Tensor') for kind in types)
        and (results == ['Tensor[]'] or all(result == 'Tensor' for result in results))
    )
