/** Writes the API reference as Markdown to `docs/api`, a page for each export, out of the doc comments of the sources. */
import { join } from 'node:path';
import { Application, Comment } from 'typedoc';
import { repository, root } from './pages.js';

/** What the reference covers: each module by the name that it is imported by, its entry, and what it is. */
const modules: Readonly<Record<string, { readonly folder: string; readonly what: string }>> = {
  '@gan/core': {
    folder: 'packages/gan-core/src',
    what: 'Contracts, games, training, sampling, checkpoints, randomness.',
  },
  '@gan/core/testing': {
    folder: 'packages/gan-core/src/testing',
    what: 'Checks whether parts of your own keep their word.',
  },
  '@gan/losses': { folder: 'packages/gan-losses/src', what: 'Adversarial losses, penalties, conditions, comparisons.' },
  '@gan/architectures': { folder: 'packages/gan-architectures/src', what: 'Generators, judges, layers, augmentation.' },
  '@gan/data': { folder: 'packages/gan-data/src', what: 'Data sets.' },
  '@gan/metrics': { folder: 'packages/gan-metrics/src', what: 'Measures of generative models.' },
  '@gan/engine': { folder: 'packages/gan-engine/src', what: 'Finds the fastest engine, and mends gradients.' },
  '@gan/tfjs-backend-torch': {
    folder: 'packages/tfjs-backend-torch/src',
    what: 'A TensorFlow.js backend on libtorch.',
  },
};

async function write(): Promise<void> {
  const app = await Application.bootstrapWithPlugins({
    entryPoints: Object.values(modules).map(({ folder }) => join(root, folder, 'index.ts')),
    tsconfig: join(root, 'docs/.vitepress/tsconfig.reference.json'),
    skipErrorChecking: true, // npm test does that
    plugin: ['typedoc-plugin-markdown', 'typedoc-vitepress-theme'],
    name: 'API reference',
    readme: 'none',
    basePath: root,
    displayBasePath: root,
    out: join(root, 'docs/api'),
    docsRoot: join(root, 'docs'),
    excludeScopesInPaths: true,
    hidePageHeader: true,
    indexFormat: 'table',
    parametersFormat: 'table',
    interfacePropertiesFormat: 'table',
    classPropertiesFormat: 'table',
    typeDeclarationFormat: 'table',
    propertyMembersFormat: 'table',
    tableColumnSettings: { hideSources: true, hideModifiers: true },
    expandObjects: true,
    groupOrder: ['Modules', 'Functions', 'Variables', 'Classes', 'Interfaces', 'Type Aliases'],
    disableGit: true,
    sourceLinkTemplate: `${repository}/blob/{gitRevision}/{path}#L{line}`,
    gitRevision: 'main',
  } as Parameters<typeof Application.bootstrapWithPlugins>[0]);
  const project = await app.convert();
  if (project === undefined) {
    process.exitCode = 1;
    return;
  }
  // They are found by folder.
  for (const module of project.children ?? [])
    for (const [name, { folder, what }] of Object.entries(modules))
      if (module.name === folder) {
        module.name = name;
        module.comment = new Comment([{ kind: 'text', text: what }]);
      }
  app.validate(project);
  await app.generateOutputs(project);
  if (app.logger.hasWarnings() || app.logger.hasErrors()) process.exitCode = 1;
}

await write();
