//! Hashing: one folded multiplication. Fast and well spread, and the same on every machine and in every run.

/// Odd constants without pattern: the digits of the golden ratio and of the square roots of 2, 3, 5 and 7.
pub(super) const PHI: u64 = 0x9E37_79B9_7F4A_7C15;
pub(super) const ROOT2: u64 = 0x6A09_E667_F3BC_C909;
pub(super) const ROOT3: u64 = 0xBB67_AE85_84CA_A73B;
pub(super) const ROOT5: u64 = 0x3C6E_F372_FE94_F82B;
pub(super) const ROOT7: u64 = 0xA54F_F53A_5F1D_36F1;

/// The two halves of a 128-bit product, folded into one.
#[inline(always)]
pub(super) fn fold(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    product as u64 ^ (product >> 64) as u64
}
