// @ts-check
// libtorch for the tests: what is on this machine, or else what `gan-engine install` gets.

/**
 * The folder of libtorch, fetched into the user's cache when there is none.
 *
 * @returns {Promise<string | undefined>} Undefined where it cannot be had; why has been printed.
 */
export async function libtorchFolder() {
  const { findLibtorch, installLibtorch } = await import('@gan/engine');
  const { found } = await findLibtorch();
  if (found[0]) return found[0].folder;
  try {
    return (await installLibtorch()).folder;
  } catch (error) {
    console.log(error instanceof Error ? error.message : error);
    return undefined;
  }
}
