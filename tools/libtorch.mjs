// @ts-check
// libtorch for the tests: what is on this machine, or else what `gan-engine install` gets.

/**
 * The folder of libtorch, fetched into the user's cache when there is none.
 *
 * @returns {Promise<string | undefined>} Undefined where it cannot be had; why has been printed.
 */
export async function libtorchFolder() {
  const { findLibtorch } = await import('@gan/engine');
  const { found } = await findLibtorch();
  return found[0]?.folder ?? installed();
}

/**
 * The folder of the oldest libtorch that the backend takes, likewise.
 *
 * @returns {Promise<string | undefined>}
 */
export const oldestLibtorchFolder = () => installed('2.11.0');

/** @param {string} [version] */
async function installed(version) {
  const { installLibtorch } = await import('@gan/engine');
  try {
    return (await installLibtorch({ ...(version && { version }) })).folder;
  } catch (error) {
    console.log(error instanceof Error ? error.message : error);
    return undefined;
  }
}
