import type { ENGINE_WORDS, MODEL_ERRORS } from '../../core/error-tables/models.js';
import type { ValuesOf } from '../../core/error-tables/table.js';
import type { WordsOf } from '../../core/finding.js';

/** Les modèles, les moteurs et les détecteurs. */
export const modelsFr: WordsOf<ValuesOf<typeof MODEL_ERRORS>> = {
  'error/detector-failed/map-size': ({ model }) =>
    `Le modèle ${model} a donné une carte d’une taille inattendue`,
  'error/detector-failed/answer-size': ({ model }) =>
    `Le modèle ${model} a donné une réponse d’une taille inattendue`,
  'error/detector-failed/face-answer': 'Le modèle des visages a donné une réponse inattendue',
  'error/detector-failed/code-reader': 'Le lecteur de codes a échoué',
  'error/detector-failed/print-reader': 'Le second lecteur de texte a échoué',
  'error/detector-failed/surroundings': 'Ce qui entoure la lésion n’a pas pu être examiné',
  'error/detector-failed/onnx': 'onnxruntime-node n’a pas pu faire fonctionner un modèle',
  'error/detector-failed/onnx-type': 'Un modèle a donné des valeurs qui ne sont pas en float32',
  'error/detector-failed/region': 'Une zone n’est pas en pixels finis',
  'error/engine-unavailable/code-reader': 'Le lecteur de codes ne démarre pas sur cette machine',
  'error/engine-unavailable/print-reader': 'Le second lecteur de texte ne démarre pas sur cette machine',
  'error/engine-unavailable/onnx': ({ platform, why }, to) =>
    `onnxruntime-node ne peut pas servir sur ${platform} : ${to.say(why)}. Il est fourni pour Linux (glibc) et Windows sur x64 et arm64 et pour macOS ; réinstallez image-deid sur une telle machine`,
  'error/model-missing/list': 'La liste des modèles fournis ne peut pas être lue ; réinstallez image-deid',
  'error/model-mismatch/list':
    'La liste des modèles fournis n’est pas celle avec laquelle cette version a été testée (SHA-256 différent) ; réinstallez image-deid',
  'error/model-missing/package': ({ model, package: name }) =>
    `Le modèle ${model} vient avec le paquet ${name}, qui n’est pas installé ; réinstallez image-deid`,
  'error/model-mismatch/package': ({ model, package: name, expected, found }) =>
    `Le modèle ${model} demande ${name} ${expected}, et c’est ${found} qui est là`,
  'error/model-missing/unknown': ({ model }) => `Il n’y a pas de modèle « ${model} » fourni`,
  'error/model-missing/incomplete': ({ model }) =>
    `Le modèle ${model} n’est pas complet ; réinstallez image-deid`,
  'error/model-mismatch/other': ({ model }) =>
    `Le modèle ${model} n’est pas celui qui a été testé (SHA-256 différent) ; réinstallez image-deid`,
  'error/model-missing/empty': ({ model }) => `Le modèle ${model} est vide ; réinstallez image-deid`,
  'error/model-missing/characters': ({ model }) =>
    `Le modèle ${model} n’a pas sa liste de caractères ; réinstallez image-deid`,
  'error/model-mismatch/onnx': 'onnxruntime-node n’accepte pas le modèle',
  'error/model-mismatch/layout': ({ model }) => `Le modèle ${model} n’a pas la forme attendue`,
  'error/model-mismatch/layer': ({ layer }) => `La couche ${layer} du modèle n’est pas celle attendue`,
};

/** Pourquoi un moteur ne peut pas servir. */
export const enginesFr: WordsOf<ValuesOf<typeof ENGINE_WORDS>> = {
  'engine/library': 'sa bibliothèque native ne se charge pas',
  'engine/no-computing': 'il ne peut pas calculer sur cette machine',
  'engine/wrong': 'il calcule des nombres faux sur cette machine',
};
