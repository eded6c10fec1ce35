"""The steps of backpropagation through time by hand, and their gradients.

Forward, each step also keeps the derivatives that the chain rule needs of it,
where ∂σ = σ (1 - σ) and ∂tanh = 1 - tanh²; backward, the gradient of the state
is multiplied by them.
"""

import torch
from torch import Tensor
from torch.ops import aten, mkldnn

from pytorch_impl.cells import State


# Fresh memory costs more than the operations on it: wx, one step of a tensor of
# all, is W x + b, then derivatives, then the gradient of itself.
# sigmoid_backward is d, s -> d s (1 - s), tanh_backward d, t -> d (1 - t²).
def rnn_forward(wx: Tensor, state: State, w_hh: Tensor) -> tuple[State, State]:
    """h' = tanh(a), and ∂h'/∂a: wx (B, H), (h,) -> (h',)."""
    (h,) = state
    h = torch.tanh(wx.add_(matmul(h, w_hh)))
    torch.addcmul(h.new_ones(()), h, h, value=-1, out=wx)
    return (h,), ()


def rnn_relu_forward(
    wx: Tensor, state: State, w_hh: Tensor
) -> tuple[State, State]:
    """h' = relu(a), and ∂h'/∂a: wx (B, H), (h,) -> (h',)."""
    (h,) = state
    h = torch.relu(wx.add_(matmul(h, w_hh)))
    torch.gt(h, 0, out=wx)
    return (h,), ()


def gru_forward(
    wx: Tensor, state: State, w_hh: Tensor, b_hh: Tensor
) -> tuple[State, State]:
    """h' = (1 - z) n + z h, and ∂h'/∂a of r, z, n: wx (B, 3H)."""
    (h,) = state
    a_r, a_z, a_n = wx.chunk(3, dim=-1)  # each (B, H)
    uh_r, uh_z, uh_n = matmul(h, w_hh, b_hh).chunk(3, dim=-1)
    r, z = torch.sigmoid(a_r.add_(uh_r)), torch.sigmoid(a_z.add_(uh_z))
    n = torch.addcmul(a_n, r, uh_n).tanh_()
    aten.tanh_backward(1 - z, n, grad_input=a_n)
    aten.sigmoid_backward(a_n * uh_n, r, grad_input=a_r)
    aten.sigmoid_backward(h - n, z, grad_input=a_z)
    return (torch.lerp(n, h, z),), (r, z)


def lstm_forward(wx: Tensor, state: State, w_hh: Tensor) -> tuple[State, State]:
    """c' = f c + i g, h' = o tanh(c'), ∂c'/∂a of i, f, g, ∂h'/∂a of o."""
    h, c = state
    wx.add_(matmul(h, w_hh))
    a_i, a_f, a_g, a_o = wx.chunk(4, dim=-1)  # each (B, H)
    i, f, o = torch.sigmoid(a_i), torch.sigmoid(a_f), torch.sigmoid(a_o)
    g = torch.tanh(a_g)
    new_c = torch.addcmul(f * c, i, g)
    tanh_c = torch.tanh(new_c)
    aten.sigmoid_backward(g, i, grad_input=a_i)
    aten.sigmoid_backward(c, f, grad_input=a_f)
    aten.tanh_backward(i, g, grad_input=a_g)
    aten.sigmoid_backward(tanh_c, o, grad_input=a_o)
    return (o * tanh_c, new_c), (aten.tanh_backward(o, tanh_c), f)


def rnn_backward(
    d_state: State, wx: Tensor, kept: State, w_hh: Tensor, d_uh: Tensor
) -> State:
    """∂loss/∂ of the state before, and of W x + b + U h."""
    (dh,) = d_state
    return (matmul(wx.mul_(dh), w_hh.T),)


def gru_backward(
    d_state: State, wx: Tensor, kept: State, w_hh: Tensor, d_uh: Tensor
) -> State:
    """∂loss/∂ of the state before, of W x + b and of U h + b."""
    (dh,), (r, z) = d_state, kept
    wx.unflatten(1, (3, -1)).mul_(dh[:, None])
    _, _, dn = wx.chunk(3, dim=-1)
    torch.cat((wx[:, : -dn.shape[1]], dn * r), dim=-1, out=d_uh)
    return (matmul(d_uh, w_hh.T).addcmul_(dh, z),)


def lstm_backward(
    d_state: State, wx: Tensor, kept: State, w_hh: Tensor, d_uh: Tensor
) -> State:
    """∂loss/∂ of the state before, and of W x + b + U h."""
    (dh, dc), (d_c, f) = d_state, kept
    dc = torch.addcmul(dc, dh, d_c)
    gates = wx.unflatten(1, (4, -1))  # (B, 4, H)
    gates[:, :3].mul_(dc[:, None])
    gates[:, 3].mul_(dh)
    return matmul(wx, w_hh.T), dc * f


FORWARD = {
    "rnn": rnn_forward,
    "rnn-relu": rnn_relu_forward,
    "gru": gru_forward,
    "lstm": lstm_forward,
}
BACKWARD = {
    "rnn": rnn_backward,
    "rnn-relu": rnn_backward,
    "gru": gru_backward,
    "lstm": lstm_backward,
}


# torch.mm calls MKL, which is slower than oneDNN on processors of AMD, but a
# call of oneDNN takes longer than all of a small product.
def matmul(x: Tensor, w: Tensor, b: Tensor | None = None) -> Tensor:
    """x w + b, by oneDNN where it has the type and the product is large."""
    large = x.device.type == "cpu" and x.shape[0] * w.numel() > 2**22
    single = x.dtype is torch.float32
    if large and single and torch.backends.mkldnn.is_available():
        return mkldnn._linear_pointwise(x, w.T, b, "none", [], "")
    return x @ w if b is None else torch.addmm(b, x, w)
