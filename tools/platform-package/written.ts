import type { Notice } from './notices.js';

/** The manifest of a platform's package: of libtorch's own version, for one system, processor and C library. */
export function manifest(platform: string, version: string): Readonly<Record<string, unknown>> {
  const [os, cpu] = platform.split('-') as [string, string];
  return {
    name: `@gan/libtorch-${platform}`,
    version,
    description: `libtorch ${version} for the CPU of ${platform}, as PyTorch builds it, for @gan/engine`,
    license: 'SEE LICENSE IN NOTICES.md',
    os: [os],
    cpu: [cpu],
    ...(os === 'linux' && { libc: ['glibc'] }),
    files: ['lib', 'licences', 'NOTICES.md'],
    publishConfig: { access: 'public' },
  };
}

export const readme = (platform: string, version: string): string => `# @gan/libtorch-${platform}

libtorch ${version} for the CPU of ${platform}: the files of PyTorch's official wheel that \`@gan/engine\` loads, unchanged, each checked
against its SHA-256.

\`\`\`
npm install @gan/engine @gan/libtorch-${platform}
\`\`\`

\`@gan/engine\` finds it by itself in the project that it is installed in. Whose work the files are, and on which terms they
may be passed on, is in [NOTICES.md](NOTICES.md).
`;

/** Who made what is in the package, on which terms, and where these are. */
export function noticesPage(notices: readonly Notice[], texts: readonly string[]): string {
  const parts = notices.map(({ name, licence, texts: prefixes, source }) => {
    const files = texts.filter((text) => prefixes.some((prefix) => text.startsWith(prefix)));
    const links = files.map((file) => `- [${file}](licences/${file})`).join('\n');
    return `## ${name}\n\n${licence}.${source === undefined ? '' : ` Its source: ${source}`}\n\n${links}\n`;
  });
  return `# Notices\n\nThe libraries in \`lib\` are the work of others, unchanged, and stay under their own terms.\n\n${parts.join('\n')}`;
}
