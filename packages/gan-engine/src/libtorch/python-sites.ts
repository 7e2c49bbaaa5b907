import { execFile } from 'node:child_process';
import { isAbsolute, parse } from 'node:path';
import { promisify } from 'node:util';

const SCRIPT = `
import json, site, sysconfig
paths = [sysconfig.get_paths()['purelib'], sysconfig.get_paths()['platlib']]
paths += getattr(site, 'getsitepackages', lambda: [])()
paths += [site.getusersitepackages()]
print(json.dumps(list(dict.fromkeys(paths))))
`;

/**
 * The folders in which a Python keeps its packages. Nothing is imported from them: it runs isolated (`-I`), in a neutral
 * folder, for at most five seconds, and prints paths.
 *
 * @param python Absolute path of the program.
 * @throws Error if it does not answer in time, or with something else.
 */
export async function pythonSites(python: string): Promise<string[]> {
  const { stdout } = await promisify(execFile)(python, ['-I', '-c', SCRIPT], {
    cwd: parse(process.execPath).root,
    timeout: 5000,
    killSignal: 'SIGKILL',
    windowsHide: true,
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
  });
  const paths: unknown = JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
  if (!Array.isArray(paths)) throw new Error(`${python} printed no list of folders`);
  return paths.filter((path): path is string => typeof path === 'string' && isAbsolute(path));
}
