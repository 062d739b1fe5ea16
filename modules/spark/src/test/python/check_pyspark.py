"""What the Python class does, in a session of PySpark on this machine. Run by .ci/check-pyspark, which passes a model of sentiment."""

import json
import os
import shutil
import sys
import tempfile
import unittest

from dev.unroll.spark import UnrollTransformer
from pyspark.ml import Pipeline, PipelineModel, Transformer
from pyspark.ml.feature import SQLTransformer
from pyspark.ml.util import DefaultParamsReadable, DefaultParamsWritable
from pyspark.sql import SparkSession

MODEL = sys.argv.pop(1)
TEXTS = ["a good film", None, "", "a dull and bad one", "good " * 300, "nothing of it is bad"] * 20


class Upper(Transformer, DefaultParamsReadable, DefaultParamsWritable):
    """A stage that Java does not know."""

    def _transform(self, table):
        return table.withColumn("upper", table.opinion.label)


class UnrollTransformerTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.spark = (
            SparkSession.builder.master("local[2]")
            .config("spark.sql.catalog.unroll", "dev.unroll.spark.UnrollCatalog")
            .config("spark.sql.catalog.unroll.opinion", MODEL)
            .getOrCreate()
        )
        cls.data = tempfile.mkdtemp()
        with open(os.path.join(cls.data, "texts.json"), "w") as lines:
            for i, text in enumerate(TEXTS):
                print(json.dumps({"id": i, "text": text}), file=lines)
        cls.table = cls.spark.read.schema("id int, text string").json(cls.data).repartition(3)

    @classmethod
    def tearDownClass(cls):
        cls.spark.stop()
        shutil.rmtree(cls.data)

    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)

    def step(self, **settings):
        return UnrollTransformer(**{"model": MODEL, "outputCol": "opinion", "batchSize": 7, **settings})

    def answers(self, table):
        return [row.opinion for row in table.orderBy("id").collect()]

    def expected(self):
        """Of the model itself, without Spark."""
        jvm = self.spark._jvm
        model = jvm.dev.unroll.sentiment.SentimentModel.load(jvm.java.io.File(MODEL).toPath())
        texts = jvm.java.util.ArrayList()
        for text in TEXTS:
            if text is not None:
                texts.add(text)
        answers = iter(model.classify(texts))
        return [None if text is None else next(answers) for text in TEXTS]

    def assert_answered(self, answers):
        expected = self.expected()
        self.assertEqual(len(answers), len(expected))
        self.assertEqual(len({answer.label for answer in answers if answer}), 2)
        for text, answer, right in zip(TEXTS, answers, expected):
            if text is None:
                self.assertIsNone(answer)
            else:
                self.assertEqual((answer.text, answer.label), (text, right.label()))
                self.assertAlmostEqual(answer.probability, right.probability(), places=5)
                self.assertAlmostEqual(answer.probabilities[answer.label], answer.probability, places=9)

    def test_answers_are_those_of_the_model(self):
        answered = self.step().transform(self.table)
        self.assertEqual(answered.columns, ["id", "text", "opinion"])
        self.assert_answered(self.answers(answered))

    def test_sql_answers_alike(self):
        self.table.createOrReplaceTempView("texts")
        self.assert_answered(self.answers(self.spark.sql("SELECT id, unroll.opinion(text) AS opinion FROM texts")))

    def test_settings_reach_java(self):
        step = UnrollTransformer()
        self.assertEqual((step.getInputCol(), step.getOutputCol(), step.getBatchSize()), ("text", "answer", 256))
        self.assertEqual(step._java_obj.uid(), step.uid)
        step.setModel(MODEL).setInputCol("words").setOutputCol("why").setBatchSize(3)
        table = self.table.withColumnRenamed("text", "words").limit(4)
        self.assertIn("probabilities", step.transform(table).select("why.*").columns)
        self.assertIn("words", step.setVerb("explain").transform(table).select("why.*").columns)
        self.assertIn("other", step.transform(table, {step.outputCol: "other"}).columns)
        self.assertEqual(step.copy({step.batchSize: 5}).getBatchSize(), 5)
        self.assertEqual(step.getBatchSize(), 3)
        self.assertEqual(step.setArguments({"beam": 8}).getArguments(), '{"beam": 8}')
        for change, error in (
            (lambda: None, "no argument 'beam'"),
            (lambda: step.setArguments("").setVerb("tag"), "no verb 'tag'"),
            (lambda: step.setVerb("classify").setBatchSize(0), "at least 1"),
            (lambda: step.setBatchSize(1).setInputCol("none"), "there is no column 'none'"),
            (lambda: step.setModel("none.zip"), "none.zip"),
        ):
            with self.assertRaisesRegex(Exception, error):
                change()
                step.transform(table)

    def saved(self, stages):
        """A pipeline that was saved and loaded, and its model's file gone in between."""
        model = shutil.copy(MODEL, os.path.join(self.folder, "m.zip"))
        stages[0].setModel(model)
        path = os.path.join(self.folder, "pipeline")
        Pipeline(stages=stages).fit(self.table).write().save(path)
        os.remove(model)
        loaded = PipelineModel.load(path)
        step = loaded.stages[0]
        self.assertIsInstance(step, UnrollTransformer)
        self.assertEqual((step.uid, step.getBatchSize(), step.getOutputCol()), (stages[0].uid, 7, "opinion"))
        answered = loaded.transform(self.table)
        self.assert_answered(self.answers(answered))
        loaded.write().overwrite().save(path)
        return answered

    def test_a_pipeline_keeps_its_model(self):
        labels = SQLTransformer(statement="SELECT *, opinion.label AS label FROM __THIS__")
        self.assertIn("label", self.saved([self.step(), labels]).columns)

    def test_so_does_one_with_stages_of_python(self):
        self.assertIn("upper", self.saved([self.step(), Upper()]).columns)

    def test_a_step_is_saved_alone(self):
        path = os.path.join(self.folder, "step")
        self.step().save(path)
        self.assert_answered(self.answers(UnrollTransformer.load(path).transform(self.table)))

    def test_an_unfitted_pipeline_is_saved(self):
        path = os.path.join(self.folder, "unfitted")
        Pipeline(stages=[self.step()]).save(path)
        self.assert_answered(self.answers(Pipeline.load(path).fit(self.table).transform(self.table)))


if __name__ == "__main__":
    unittest.main(warnings="ignore")  # PySpark leaves sockets open
